import pickle

import pytest

from formcheck.messages import Catalogue, sentence
from formcheck.types.reason import Reason, said

TABLES = {
    "message": {
        "hidden": "{joints:joint} not visible",
        "names": "{names:|or}",
        "view": "needs a view from the {views:view|or}; this is {seen:clip}",
        "rate": "{fps:.0f} frames a second",
        "frames": {"by": "n", "one": "a person in {n} frame", "other": "a person in {n} frames"},
        "in": "in the {which}: {reason}",
        "easier": "easier than {exercises!l}, not {cue!s}",
    },
    "term": {"view": {"back": "rear"}, "clip": {"side": "seen from the side"}},
    "join": {"list": ", ", "or": " or "},
}
ENGLISH = Catalogue(TABLES)


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        (Reason("hidden", joints=("left_knee", "nose")), "left knee, nose not visible"),
        (
            Reason("view", views=("back", "front"), seen="side"),
            "needs a view from the rear or front; this is seen from the side",
        ),
        (Reason("names", names=("my_own", "squat")), "my_own or squat"),
        (Reason("rate", fps=29.97), "30 frames a second"),
        (Reason("frames", n=1), "a person in 1 frame"),
        (Reason("frames", n=0), "a person in 0 frames"),
        (
            Reason("in", which="first", reason=Reason("hidden", joints=("nose",))),
            "in the first: nose not visible",
        ),
        (Reason("easier", exercises="Squat", cue="Sit"), "easier than squat, not Sit"),
        (Reason("easier", exercises=("Squat", "YTW raise"), cue=""), "easier than squat, YTW raise, not "),
    ],
)
def test_a_code_and_its_parameters_make_a_sentence(reason, says):
    assert ENGLISH.sentence(reason) == says


def test_another_language_is_another_catalogue():
    tables = {
        "message": {"hidden": "{joints:joint|and} non visti"},
        "term": {"joint": {"left_knee": "ginocchio sinistro", "nose": "naso"}},
        "join": {"and": " e "},
    }
    italian = Catalogue(tables).sentence(Reason("hidden", joints=("left_knee", "nose")))
    assert italian == "ginocchio sinistro e naso non visti"


def test_what_was_said_is_said_again_as_it_is():
    for text in ("back to {back} not {visible}", "left_knee", ""):
        assert sentence(said(text)) == text


def test_a_missing_parameter_or_message_is_an_error():
    with pytest.raises(KeyError):
        ENGLISH.sentence(Reason("rate"))
    with pytest.raises(KeyError):
        ENGLISH.sentence(Reason("rates", fps=30.0))


def test_the_parameters_of_a_message_are_known():
    assert ENGLISH.parameters("view") == {"views", "seen"}
    assert ENGLISH.parameters("frames") == {"n"}


def test_reasons_are_values():
    one = Reason("view", views=("back",), seen="side")
    assert one == Reason("view", seen="side", views=("back",))
    assert len({one, Reason("view", views=("back",), seen="side"), Reason("view", seen="side")}) == 2
    assert pickle.loads(pickle.dumps(one)) == one
