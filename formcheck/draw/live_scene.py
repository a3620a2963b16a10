"""From setting up to the last repetition: counter, meter, tempo, countdown, cue, and the pause."""

import math
from dataclasses import replace

from formcheck.draw import live_cards, palette
from formcheck.draw import live_panels as live_plates
from formcheck.draw.gauge import LIVE, draw_gauge, gauge_plate
from formcheck.draw.live_canvas import LiveCanvas
from formcheck.draw.live_panels import Tone, clock
from formcheck.draw.live_words import Piece, Sign
from formcheck.live import words
from formcheck.types.kind import is_gait
from formcheck.types.live_update import LiveUpdate

_PHASES = {"rest": "ready", "out": "go", "hold": "hold", "back": "return", None: ""}


def heading(update: LiveUpdate) -> str:
    """The exercise and which set of it."""
    return titled(update.exercise, update.set_n, update.sets, update.side)


def titled(exercise: str, n: int, of: int, side: str | None) -> str:
    """An exercise, which set of it, and the side that works if each has its own sets."""
    return f"{exercise} · set {n} of {of}" + (f", {side}" if side else "")


def goal(update: LiveUpdate) -> str:
    """What the set asks for; nothing if its end is open."""
    each = " each side" if update.per_side else ""
    if update.goal_s is not None:
        return f"{clock(update.goal_s)}{each}"
    return f"{update.goal_reps} repetitions{each}" if update.goal_reps is not None else ""


def draw_setting_up(easel: LiveCanvas, update: LiveUpdate) -> None:
    """Nothing counts yet: what comes, and the one thing to do."""
    told = tuple(line for line in (heading(update), goal(update)) if line)
    room = easel.width - 2 * easel.edge
    title = easel.plate("title", told, lambda: live_plates.lines(told, easel.px(5.5), room))
    easel.paste(title, easel.edge, easel.edge)
    draw_words(easel, update, 11)


def draw_countdown(easel: LiveCanvas, update: LiveUpdate) -> None:
    """The seconds to go, as large as the picture allows."""
    draw_setting_up(easel, update)
    seconds = math.ceil(update.seconds_left or 0)
    easel.centre(easel.plate("down", seconds, lambda: live_plates.countdown(seconds, easel.unit)))


def draw_exercise(easel: LiveCanvas, update: LiveUpdate, level: float, news: Sign | None) -> None:
    """The set runs; ``level`` is the meter's last seen (NaN: none), ``news`` the attempt's outcome."""
    meter = _draw_meter(easel, update, level)
    room = easel.width - 2 * easel.edge - (meter + easel.edge if meter else 0)
    room = min(room, max(round(0.62 * easel.width), easel.px(50)))
    _draw_counter(easel, update, room, news)
    if update.state == "paused":
        return
    draw_words(easel, update, 9.5)


def draw_paused(easel: LiveCanvas, update: LiveUpdate) -> None:
    """The set waits: what to do to go on."""
    asked = update.instruction in {None, words.ASKED}
    how = "Press space to go on" if asked else str(update.instruction)
    width = easel.width - 2 * easel.edge
    easel.centre(easel.plate("paused", how, lambda: live_cards.paused(how, easel.unit, width)))


def draw_words(easel: LiveCanvas, update: LiveUpdate, size: float) -> None:
    """From the foot upward: the one cue or instruction, then why the last attempt did not count."""
    if update.cue is not None:
        draw_notice(easel, update.cue.text, update.cue.level, size)
    elif update.instruction:
        draw_notice(easel, update.instruction, "praise" if update.state == "ready" else "info", size)
    if update.why_not:
        why = update.why_not[:1].lower() + update.why_not[1:]
        draw_notice(easel, f"Not counted: {why}", "no", 0.65 * size)


def draw_notice(easel: LiveCanvas, told: str, tone: Tone, size: float) -> None:
    """Stack one thing to read; ``size`` in hundredths of the height."""
    width, most = easel.width - 2 * easel.edge, 4 if easel.tall else 2
    px = easel.px(0.8 * size if easel.tall else size)
    easel.stack(
        easel.plate(f"{tone} {size:g}", (told, px), lambda: live_plates.notice(told, tone, px, width, most)),
    )


def _draw_counter(easel: LiveCanvas, update: LiveUpdate, room: int, news: Sign | None) -> None:
    unit, edge = easel.unit, easel.edge
    head = f"Set {update.set_n} of {update.sets}" if easel.tall else heading(update)
    rows, foot = _numbers(easel, update, news)
    key = (head, rows, foot, news)
    panel = easel.plate("counter", key, lambda: live_plates.counter(head, rows, foot, unit, room, news))
    easel.paste(panel, edge, edge)
    told = update.tempo
    if told is not None and update.state == "exercising":
        below = easel.plate("tempo", told, lambda: live_plates.tempo(told, unit, room))
        easel.paste(below, edge, edge + panel.size[1] + easel.px(1))


_Rows = tuple[tuple[Piece, ...], ...]


def _numbers(easel: LiveCanvas, update: LiveUpdate, news: Sign | None) -> tuple[_Rows, str]:
    """The large numbers with what they are of, and the line beneath."""
    px = easel.px
    lit = {None: palette.PAPER, "praise": palette.GOOD, "no": palette.WARN}.get(news, palette.PAPER)
    each = "each side" if update.per_side else ""
    if is_gait(update.kind):
        spm = update.cadence_spm
        return ((Piece("–" if spm is None else f"{spm:.0f}", px(28), lit, room="000"),),), "steps a minute"
    if update.hold_s is not None:
        of = None if update.goal_s is None else clock(update.goal_s)
        return _number(easel, Piece(clock(update.hold_s), px(26), lit, room="0:00"), of, each)
    if update.per_side and update.left is not None and update.right is not None:
        of = f"of {update.goal_reps} {each}" if update.goal_reps is not None else each
        left = (Piece("L", px(11), palette.DIM), Piece(str(update.left), px(28), lit, px(2)))
        right = (Piece("R", px(11), palette.DIM), Piece(str(update.right), px(28), lit, px(2)))
        if easel.tall:
            return (left, right), of
        return ((*left, replace(right[0], gap=px(5)), right[1]),), of
    missed = update.attempts - update.reps
    of = None if update.goal_reps is None else str(update.goal_reps)
    return _number(
        easel, Piece(str(update.reps), px(30), lit), of, f"{missed} not counted" if missed > 0 else ""
    )


def _number(easel: LiveCanvas, number: Piece, of: str | None, foot: str) -> tuple[_Rows, str]:
    """A number beside its goal; on a tall picture the goal stands beneath, so that the number stays large."""
    if of is None:
        return ((number,),), foot
    if easel.tall:
        return ((number,),), " · ".join(filter(None, (f"of {of}", foot)))
    return ((number, Piece(f"of {of}", easel.px(10), palette.DIM, easel.px(2.5))),), foot


def _draw_meter(easel: LiveCanvas, update: LiveUpdate, level: float) -> int:
    """The range meter, grey where it was last seen while it cannot be; its width, 0 where there is none."""
    if is_gait(update.kind) or (update.hold_s is not None and not math.isfinite(level)):
        return 0
    word, unit = _PHASES[update.phase], easel.unit
    panel = easel.plate("gauge", word, lambda: gauge_plate(word, unit, LIVE))
    colour = palette.of_level(update.faults[0].level) if update.faults else palette.GOOD
    if not math.isfinite(update.progress):
        colour = palette.FAINT
    corner = (easel.width - panel.size[0] - easel.edge, easel.edge)
    draw_gauge(easel.out, panel, corner, level, colour, unit, LIVE)
    return panel.size[0]
