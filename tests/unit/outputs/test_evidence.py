import dataclasses

import cv2
import numpy as np
import pytest

from formcheck.draw import palette
from formcheck.outputs.evidence import (
    evidence_jpeg,
    evidence_path,
    evidence_picture,
    thumbnail_jpeg,
    write_evidence,
)
from formcheck.types import Pose
from formcheck.types.landmark import COUNT
from tests.unit.outputs import sessions

FAULT = sessions.squat().faults[0]


def person(width, height, size):
    grid = np.stack([np.linspace(-0.3, 0.3, COUNT), np.linspace(-0.5, 0.5, COUNT)], axis=1) * size
    image = (grid + np.array([width / 2, height / 2])).astype(np.float32)
    return Pose(0.0, image, np.full((COUNT, 3), np.nan, np.float32), np.ones(COUNT, np.float32))


def grey(width, height):
    return np.full((height, width, 3), 128, np.uint8)


@pytest.mark.parametrize(("width", "height", "size"), [(1920, 1080, 900), (1080, 1920, 1200), (640, 480, 60)])
def test_about_640_pixels_around_the_person(width, height, size):
    picture = evidence_picture(grey(width, height), person(width, height, size), FAULT)
    assert picture.shape[1] <= 640
    assert picture.shape[0] <= 760
    assert (np.abs(picture.astype(int) - palette.ERROR).sum(axis=2) < 12).sum() > 50


def test_nobody_gives_the_whole_picture():
    picture = evidence_picture(grey(640, 480), Pose.nobody(0.0), FAULT)
    assert picture.shape[1] == 640
    assert picture.shape[0] > 480


def test_a_person_half_out_of_the_picture():
    pose = person(640, 480, 400)
    moved = dataclasses.replace(pose, image=pose.image + np.float32(300))
    assert evidence_picture(grey(640, 480), moved, FAULT).size


def test_written_as_jpeg(tmp_path):
    name = write_evidence(tmp_path, FAULT.id, evidence_jpeg(grey(640, 480), person(640, 480, 300), FAULT))
    assert name == "evidence/trunk_fold.jpg"
    assert cv2.imread(str(tmp_path / name)).shape[2] == 3


def test_no_path_leads_out_of_the_folder():
    assert evidence_path("../../a$b_{") == "evidence/_a_b__.jpg"


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (720, 1280), (320, 240)])
def test_a_thumbnail_is_the_whole_picture_made_small_with_the_body_drawn(width, height):
    jpeg = thumbnail_jpeg(grey(width, height), person(width, height, min(width, height) * 0.9))
    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert max(picture.shape) == min(480, max(width, height))
    assert picture.shape[1] / picture.shape[0] == pytest.approx(width / height, rel=0.01)
    assert (np.abs(picture.astype(int) - 128).max(axis=2) > 60).sum() > 100
