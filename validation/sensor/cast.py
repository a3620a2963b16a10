"""Who is drawn, and where: people, scenes and the codecs that carry their pictures."""

from sample_videos.drawn.film import Codec
from sample_videos.drawn.person import Person
from sample_videos.drawn.scene import Light, Scene, Shot

PEOPLE = {
    "model": Person(),
    "slim_woman": Person(
        height=0.95, shoulders=0.90, hips=1.04, girth=0.86, waist=0.86, bust=0.05, hair="long",
        legs="long", sleeves="none", tones=(("shorts", (28, 30, 36)), ("shirt", (196, 84, 120))),
    ),
    "curvy_woman": Person(
        height=0.93, trunk=1.02, shoulders=0.93, hips=1.15, girth=1.12, waist=1.12, bust=0.08, hair="long",
        tones=(("skin", (150, 104, 78)), ("hair", (30, 24, 22)), ("shirt", (120, 60, 130))),
    ),
    "tall_man": Person(
        height=1.10, trunk=0.97, thigh=1.04, shank=1.06, forearm=1.04, girth=0.92, loose=0.022, legs="long",
        tones=(("shorts", (70, 76, 84)), ("shirt", (220, 220, 216))),
    ),
    "heavy_man": Person(
        height=1.02, girth=1.22, waist=1.32, belly=0.12, loose=0.015, shoulders=1.04,
        tones=(("shirt", (44, 48, 60)), ("shorts", (110, 110, 112)), ("hair", (120, 116, 112))),
    ),
    "all_in_black": Person(
        girth=0.96, legs="long", sleeves="long",
        tones=(
            ("skin", (98, 64, 48)), ("hair", (18, 16, 16)), ("shirt", (24, 24, 28)), ("shorts", (22, 22, 26)),
            ("shoe", (30, 30, 34)), ("sock", (30, 30, 32)), ("lip", (86, 48, 44)),
        ),
    ),
    "teenager": Person(
        height=0.86, head=1.10, shoulders=0.92, girth=0.84, waist=0.84, loose=0.022, stripes=True,
        tones=(("hair", (176, 134, 80)), ("shirt", (190, 52, 46)), ("skin", (232, 190, 164))),
    ),
    "old_man": Person(
        height=0.98, trunk=0.98, waist=1.14, belly=0.06, girth=0.94, hair="none", legs="long", loose=0.015,
        tones=(("shirt", (150, 160, 130)), ("shorts", (128, 108, 84)), ("skin", (222, 176, 150))),
    ),
    "runner": Person(
        height=1.03, thigh=1.03, shank=1.04, girth=0.84, waist=0.88, legs="bare", sleeves="none",
        tones=(("shirt", (240, 200, 40)), ("shorts", (20, 20, 24)), ("skin", (122, 82, 60))),
    ),
    "runner_woman": Person(
        height=0.97, shank=1.03, shoulders=0.91, hips=1.05, girth=0.84, waist=0.84, bust=0.045, hair="long",
        legs="bare", sleeves="none", tones=(("shirt", (60, 170, 150)), ("shoe", (240, 90, 60))),
    ),
    "hooded": Person(
        height=1.01, loose=0.035, sleeves="long", legs="long", stripes=True,
        tones=(("shirt", (92, 92, 98)), ("stripe", (70, 70, 78)), ("shorts", (60, 66, 92))),
    ),
    "stocky": Person(
        height=0.94, thigh=0.94, shank=0.92, upper_arm=0.95, forearm=0.95, trunk=1.05, girth=1.15,
        waist=1.10, shoulders=1.08,
        tones=(("shirt", (206, 202, 196)), ("shorts", (40, 70, 50)), ("skin", (190, 136, 104))),
    ),
}  # fmt: skip

_DAY, _WARM = (1.0, 1.0, 1.04), (1.12, 0.98, 0.80)

SCENES = {
    "studio": Scene(),
    "cluttered": Scene("cluttered", (196, 186, 170), seed=1, shot=Shot(turn=8, lens_m=0.9, roll=1.5)),
    "cluttered_low": Scene(
        "cluttered", (150, 160, 172), (96, 78, 62), seed=2, shot=Shot(turn=-12, lens_m=0.35, nearer=0.75),
        light=Light((0.6, -0.7, -0.3)), noise=4.0,
    ),
    "gym": Scene("gym", (214, 208, 190), (70, 72, 78), seed=3, shot=Shot(turn=-6, lens_m=1.3, nearer=1.2)),
    "gym_dim": Scene(
        "gym", (150, 146, 136), (52, 54, 58), dim=0.45, seed=4, exposed=0.6, noise=8.0,
        light=Light((0.2, -0.95, -0.2), 0.40, 0.16, 0.12, _WARM), shot=Shot(roll=-2.5, larger=0.85),
    ),
    "garden": Scene(
        "outdoors", floor=(110, 128, 70), seed=5, light=Light((0.7, -0.6, -0.1), 1.0, 0.34, 0.22, _DAY),
        shot=Shot(turn=15, lens_m=1.2, roll=1.0),
    ),
    "street": Scene(
        "outdoors", floor=(128, 126, 122), seed=6, light=Light((-0.5, -0.8, 0.2), 0.9, 0.36, 0.24, _DAY),
        shot=Shot(turn=-4, lens_m=1.5, nearer=1.3, larger=0.8, aside=0.06),
    ),
    "window": Scene(
        "window", (170, 160, 150), dim=0.7, seed=7, light=Light((0.1, -0.4, 0.9), 0.5, 0.16, 0.16, _DAY),
        shot=Shot(turn=5, lens_m=1.0), noise=3.0,
    ),
    "evening": Scene(
        "plain", (156, 124, 96), (92, 66, 46), dim=0.5, seed=8, exposed=0.7, noise=7.0,
        light=Light((0.8, -0.3, -0.4), 0.45, 0.14, 0.14, _WARM), shot=Shot(turn=10, lens_m=0.6, roll=2.0),
    ),
    "dark_room": Scene(
        "cluttered", (52, 50, 56), (40, 36, 34), dim=0.7, seed=9, noise=5.0,
        light=Light((-0.3, -0.9, -0.1), 0.6, 0.2, 0.14), shot=Shot(turn=-18, lens_m=0.5),
    ),
    "white_on_white": Scene(
        "plain", (216, 212, 208), (200, 196, 190), seed=10, light=Light((0, -1, -0.3), 0.7, 0.35, 0.35),
        shot=Shot(turn=3, lens_m=1.4, nearer=0.9),
    ),
    "grey_on_grey": Scene(
        "plain", (84, 86, 92), (72, 70, 70), seed=11, light=Light((0.5, -0.8, 0.1), 0.6, 0.22, 0.2),
        shot=Shot(turn=-9, lens_m=0.3, nearer=0.85, roll=-1.0), exposed=0.4, noise=3.0,
    ),
}  # fmt: skip

#: As a phone records, as one that saves room does, and as messengers pass clips on.
CODECS = {
    "phone": Codec("libx264", 23, "veryfast"),
    "hevc": Codec("libx265", 28, "ultrafast"),
    "messenger": Codec("libx264", 34, "veryfast"),
}
