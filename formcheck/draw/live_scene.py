"""From setting up to the last repetition: counter, meter, tempo, countdown, cue, and the pause."""

import math
from dataclasses import replace

from formcheck.draw import live_cards, live_panels, palette, text
from formcheck.draw.canvas import Canvas
from formcheck.draw.gauge import LIVE, draw_gauge
from formcheck.draw.live_panels import Tone
from formcheck.draw.live_words import Piece, Sign
from formcheck.live import words
from formcheck.messages import sentence
from formcheck.types.kind import is_gait
from formcheck.types.live_update import LiveUpdate


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
        return f"{text.clock(update.goal_s)}{each}"
    return f"{update.goal_reps} repetitions{each}" if update.goal_reps is not None else ""


def draw_setting_up(canvas: Canvas, update: LiveUpdate) -> None:
    """Nothing counts yet: what comes, and the one thing to do."""
    title_lines = tuple(line for line in (heading(update), goal(update)) if line)
    room = canvas.width - 2 * canvas.edge
    title = canvas.panel("title", title_lines, lambda: live_panels.lines(title_lines, canvas.px(5.5), room))
    canvas.paste(title, canvas.edge, canvas.edge)
    draw_words(canvas, update, 11)


def draw_countdown(canvas: Canvas, update: LiveUpdate) -> None:
    """The seconds to go, as large as the picture allows."""
    draw_setting_up(canvas, update)
    seconds = math.ceil(update.seconds_left or 0)
    canvas.centre(canvas.panel("down", seconds, lambda: live_panels.countdown(seconds, canvas.unit)))


def draw_exercise(canvas: Canvas, update: LiveUpdate, level: float, news: Sign | None) -> None:
    """The set runs; ``level`` is the meter's last seen (NaN: none), ``news`` the attempt's outcome."""
    meter = _draw_meter(canvas, update, level)
    room = canvas.width - 2 * canvas.edge - (meter + canvas.edge if meter else 0)
    room = min(room, max(round(0.62 * canvas.width), canvas.px(50)))
    _draw_counter(canvas, update, room, news)
    if update.state == "paused":
        return
    draw_words(canvas, update, 9.5)


def draw_paused(canvas: Canvas, update: LiveUpdate) -> None:
    """The set waits: what to do to go on."""
    asked = update.instruction or words.ASKED
    how = "Press space to go on" if asked == words.ASKED else sentence(asked)
    width = canvas.width - 2 * canvas.edge
    canvas.centre(canvas.panel("paused", how, lambda: live_cards.paused(how, canvas.unit, width)))


def draw_words(canvas: Canvas, update: LiveUpdate, size: float) -> None:
    """From the foot upward: the one cue or instruction, then why the last attempt did not count."""
    if update.cue is not None:
        draw_notice(canvas, sentence(update.cue.text), update.cue.level, size)
    elif update.instruction:
        tone: Tone = "praise" if update.state == "ready" else "info"
        draw_notice(canvas, sentence(update.instruction), tone, size)
    if update.why_not:
        why = sentence(update.why_not)
        draw_notice(canvas, f"Not counted: {why[:1].lower()}{why[1:]}", "no", 0.65 * size)


def draw_notice(canvas: Canvas, text: str, tone: Tone, size: float) -> None:
    """Stack one thing to read; ``size`` in hundredths of the height."""
    width, most = canvas.width - 2 * canvas.edge, 4 if canvas.tall else 2
    px = canvas.px(0.8 * size if canvas.tall else size)
    canvas.stack(
        canvas.panel(f"{tone} {size:g}", (text, px), lambda: live_panels.notice(text, tone, px, width, most)),
    )


def _draw_counter(canvas: Canvas, update: LiveUpdate, room: int, news: Sign | None) -> None:
    unit, edge = canvas.unit, canvas.edge
    head = f"Set {update.set_n} of {update.sets}" if canvas.tall else heading(update)
    rows, foot = _numbers(canvas, update, news)
    key = (head, rows, foot, news)
    panel = canvas.panel("counter", key, lambda: live_panels.counter(head, rows, foot, unit, room, news))
    canvas.paste(panel, edge, edge)
    tempo = update.tempo
    if tempo is not None and update.state == "exercising":
        below = canvas.panel("tempo", tempo, lambda: live_panels.tempo(tempo, unit, room))
        canvas.paste(below, edge, edge + panel.size[1] + canvas.px(1))


_Rows = tuple[tuple[Piece, ...], ...]


def _numbers(canvas: Canvas, update: LiveUpdate, news: Sign | None) -> tuple[_Rows, str]:
    """The large numbers with what they are of, and the line beneath."""
    px = canvas.px
    lit = {None: palette.PAPER, "praise": palette.GOOD, "no": palette.WARN}.get(news, palette.PAPER)
    each = "each side" if update.per_side else ""
    if is_gait(update.kind):
        return ((Piece(text.cadence(update.cadence_spm), px(28), lit, room="000"),),), "steps a minute"
    if update.hold_s is not None:
        of = None if update.goal_s is None else text.clock(update.goal_s)
        return _number(canvas, Piece(text.clock(update.hold_s), px(26), lit, room="0:00"), of, each)
    if update.per_side and update.left is not None and update.right is not None:
        of = f"of {update.goal_reps} {each}" if update.goal_reps is not None else each
        left = (Piece("L", px(11), palette.DIM), Piece(str(update.left), px(28), lit, px(2)))
        right = (Piece("R", px(11), palette.DIM), Piece(str(update.right), px(28), lit, px(2)))
        if canvas.tall:
            return (left, right), of
        return ((*left, replace(right[0], gap=px(5)), right[1]),), of
    missed = update.attempts - update.reps
    of = None if update.goal_reps is None else str(update.goal_reps)
    return _number(
        canvas, Piece(str(update.reps), px(30), lit), of, f"{missed} not counted" if missed > 0 else ""
    )


def _number(canvas: Canvas, number: Piece, of: str | None, foot: str) -> tuple[_Rows, str]:
    """A number beside its goal; on a tall picture the goal stands beneath, so that the number stays large."""
    if of is None:
        return ((number,),), foot
    if canvas.tall:
        return ((number,),), " · ".join(filter(None, (f"of {of}", foot)))
    return ((number, Piece(f"of {of}", canvas.px(10), palette.DIM, canvas.px(2.5))),), foot


def _draw_meter(canvas: Canvas, update: LiveUpdate, level: float) -> int:
    """The range meter, grey where it was last seen while it cannot be; its width, 0 where there is none."""
    if is_gait(update.kind) or (update.hold_s is not None and not math.isfinite(level)):
        return 0
    return draw_gauge(canvas, update, LIVE, level)
