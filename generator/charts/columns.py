"""Columns: figures period by period, as upright bars, and margins as lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.charts.geometry import Box, Point, Scale, nice_scale
from generator.charts.plot import End, Plot, end_room, period_words
from generator.charts.resizable import resizable
from generator.charts.sheet import Sheet
from generator.charts.style import Look, Tone, mix, readable
from generator.charts.words import fact_rows, figures, known, number
from generator.language import phrase
from generator.model.brief import Drawing
from generator.model.fact import Fact
from generator.model.period import Period
from generator.model.text import Text, join, say
from generator.model.wording import Style

NOTHING = "–"
EARLIER = 0.5
LABEL_ROOM = 4.2
HEAD = 21.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One measure by period. `unit` stands below its name; `style` is how its figures are written."""

    label: str
    facts: Sequence[Fact]
    unit: str = ""
    tone: Tone = "brand"
    style: Style = "plain"


@resizable
def draw_small_multiples(panels: Sequence[Panel], *, look: Look) -> Drawing:
    """Return panels of bars below each other over the same periods, each with its own zero line.

    Raises: ValueError if no panel has a figure.
    """
    shown = [panel for panel in panels if known(panel.facts)]
    if not shown:
        raise ValueError("no figures to draw")
    sheet = Sheet(look, "half")
    periods = sorted({fact.period for panel in shown for fact in panel.facts}, key=lambda period: period.end)
    foot = 7.6 if any(period_words(period)[1] for period in periods) else 4.8
    height = (sheet.height - foot) / len(shown)
    for i, panel in enumerate(shown):
        top = sheet.height - i * height
        frame = Box(HEAD, top - height + (2.4 if i < len(shown) - 1 else 0.6), sheet.width, top - 0.6)
        middle = frame.middle[1] + 1.6
        color = readable(look.palette.tone(panel.tone))
        sheet.stack((0.0, middle), sheet.wrapped(panel.label, look.label, HEAD - 1.0), look.label.but(color=color))
        lines = len(sheet.wrapped(panel.label, look.label, HEAD - 1.0))
        sheet.text((0.0, middle - lines * look.label.leading), panel.unit, look.note)
        _columns(sheet, frame, _by_period(panel.facts, periods), panel)
    _marks(sheet, Box(HEAD, foot, sheet.width, sheet.height), periods)
    pairs = [(panel.label, fact) for panel in shown for fact in known(panel.facts)]
    return sheet.drawing(_panels_alt(shown), fact_rows(pairs))


def _by_period(facts: Sequence[Fact], periods: Sequence[Period]) -> list[Fact | None]:
    found = {fact.period: fact for fact in facts}
    return [found.get(period) for period in periods]


def _columns(sheet: Sheet, frame: Box, facts: Sequence[Fact | None], panel: Panel) -> None:
    """Draw bars on a zero line, the last one solid, with figures above gains and below losses."""
    values = [number(fact) for fact in known(facts)]
    low, high = min(0.0, *values), max(0.0, *values)
    floor = frame.bottom + (LABEL_ROOM if low < 0 else 0.0)
    ceiling = frame.top - (LABEL_ROOM if high > 0 else 0.0)
    scale = Scale(low, high if high > low else low + 1.0, floor, ceiling)
    color, pitch = sheet.look.palette.tone(panel.tone), frame.width / len(facts)
    last = max(i for i, fact in enumerate(facts) if fact is not None and fact.number is not None)
    labelled = _labelled(sheet, facts, panel.style, pitch)
    for i, fact in enumerate(facts):
        middle = frame.left + pitch * (i + 0.5)
        if fact is None or fact.number is None:
            y = scale.at(0.0) + (1.8 if high > 0 else -2.0)
            sheet.text((middle, y), _missing(sheet, fact), sheet.look.note.but(align="center"))
            continue
        half, ends = min(pitch * 0.3, 4.5), sorted((scale.at(0.0), scale.at(fact.number)))
        sheet.bar(Box(middle - half, ends[0], middle + half, ends[1]), color if i == last else mix(color, EARLIER))
        if i in labelled:
            face = sheet.look.value.but(color=readable(color)) if i == last else sheet.look.plain
            y = ends[0] - 2.2 if fact.number < 0 else ends[1] + 2.1
            words = say(f"{{value:{panel.style}}}", value=fact)
            sheet.text((_inside(sheet, words, middle, frame), y), words, face.but(align="center"))
    zero = scale.at(0.0)
    sheet.line(((frame.left, zero), (frame.right, zero)), sheet.look.palette.muted, 0.6)


def _missing(sheet: Sheet, fact: Fact | None) -> str:
    """Return what stands in a bar's place: the dash of the tables, or the mark of a figure without meaning.

    Why no "n/a": two of them side by side would read as one run of words.
    """
    return sheet.look.wording.write(fact) if fact is not None and fact.not_meaningful else NOTHING


def _inside(sheet: Sheet, words: Text, middle: float, frame: Box) -> float:
    """Return the middle of a label, moved so far that it stays in the frame."""
    half = sheet.width_of(words, sheet.look.value) / 2
    return min(max(middle, frame.left + half - 2.0), sheet.width - half)


def _labelled(sheet: Sheet, facts: Sequence[Fact | None], style: Style, pitch: float) -> set[int]:
    """Return which bars carry their figure: all if they fit side by side, else the first and the last."""
    places = [i for i, fact in enumerate(facts) if fact is not None and fact.number is not None]
    widths = [sheet.width_of(say(f"{{value:{style}}}", value=fact), sheet.look.value) for fact in known(facts)]
    if max(widths) + 0.8 <= pitch:
        return set(places)
    far = (places[-1] - places[0]) * pitch > widths[0] / 2 + widths[-1] / 2 + 1.0
    return {places[0], places[-1]} if far else {places[-1]}


def _marks(sheet: Sheet, frame: Box, periods: Sequence[Period]) -> None:
    """Print the periods below the bars; a year only where it changes, months only as often as they fit."""
    face, pitch = sheet.look.tick.but(align="center"), frame.width / len(periods)
    words = [period_words(period) for period in periods]
    wide = max(sheet.width_of(part, face) for pair in words for part in pair) + 0.8
    step = next(step for step in range(1, len(words) + 1) if wide <= pitch * step)
    shown = [i for i in range(len(words)) if (len(words) - 1 - i) % step == 0]
    before = ""
    for i in shown:
        x = frame.left + pitch * (i + 0.5)
        sheet.text((x, frame.bottom - 2.0), words[i][0], face, tick=True)
        if words[i][1] and words[i][1] != before:
            sheet.text((x, frame.bottom - 2.0 - face.leading), words[i][1], face, tick=True)
        before = words[i][1]


def _panels_alt(panels: Sequence[Panel]) -> Text:
    parts: list[Text] = [
        say(
            "{label}: {all}",
            label=panel.label,
            all=figures([(fact.period.label, fact) for fact in known(panel.facts)], panel.style),
        )
        for panel in panels
    ]
    told = [
        say("{panel} ({unit}).", panel=part, unit=panel.unit) if panel.unit else say("{panel}.", panel=part)
        for panel, part in zip(panels, parts, strict=True)
    ]
    return join(say("Bars by period."), *told)


@resizable
def draw_growth(facts: Sequence[Fact], *, streak: Fact | None = None, look: Look) -> Drawing:
    """Return growth by quarter as bars with their figures, and how long it has gone on so.

    Raises: ValueError if no growth is known.
    """
    if not known(facts):
        raise ValueError("no growth to draw")
    sheet = Sheet(look, "half")
    ordered = sorted(facts, key=lambda fact: fact.period.end)
    told = streak is not None and streak.known
    frame = Box(0.0, 8.6, sheet.width, sheet.height - (5.6 if told else 1.0))
    _columns(sheet, frame, ordered, Panel(label="", facts=ordered, tone="accent", style="signed"))
    _marks(sheet, frame, [fact.period for fact in ordered])
    words: Text = say("{label}: {streak}", label=streak.label, streak=streak) if streak is not None and told else ()
    if words:
        sheet.text((0.0, sheet.height - 2.0), words, look.label.but(color=readable(look.palette.teal)))
    pairs = [(fact.period.label, fact) for fact in known(ordered)]
    told_too = say("{words}.", words=words) if words else ()
    alt = join(say("Bars of growth by period: {all}.", all=figures(pairs, "signed")), told_too)
    return sheet.drawing(alt, fact_rows([*pairs, *((fact.label, fact) for fact in known((streak,)))]))


@resizable
def draw_margins(lines: Sequence[tuple[str, Sequence[Fact]]], *, look: Look) -> Drawing:
    """Return margins by period as lines, each named with its last figure at its end; a missing period breaks the line.

    Raises: ValueError if no margin is known.
    """
    shown = [(name, sorted(known(facts), key=lambda fact: fact.period.end)) for name, facts in lines if known(facts)]
    if not shown:
        raise ValueError("no margin to draw")
    sheet = Sheet(look, "half")
    periods = sorted({fact.period for _, facts in lines for fact in facts}, key=lambda period: period.end)
    colors = [look.palette.accent, *look.palette.peers]
    labels = [
        End(
            number(facts[-1]),
            (say("{name} {value}", name=sheet.shortened(name, look.label, 22.0), value=facts[-1]),),
            look.label.but(color=readable(colors[min(i, len(colors) - 1)])),
        )
        for i, (name, facts) in enumerate(shown)
    ]
    frame = Box(
        8.5, 8.6, sheet.width - end_room(sheet, [(each.lines, each.face) for each in labels]), sheet.height - 2.4
    )
    values = [0.0, *(number(fact) for _, facts in shown for fact in facts)]
    plot = Plot(
        sheet,
        frame,
        Scale(-0.5, len(periods) - 0.5, frame.left, frame.right),
        nice_scale(values, frame.bottom, frame.top, most=6),
    )
    plot.grid(shown[0][1][0].unit)
    plot.level(0.0, look.palette.ink, 0.8)
    for (_, facts), end in zip(reversed(shown), reversed(labels), strict=True):
        _margin(plot, _by_period(facts, periods), end.face.color)
    _marks(sheet, frame, periods)
    plot.ends([End(plot.y.at(each.y), each.lines, each.face) for each in labels])
    pairs = [
        (phrase("{label}, {span}", label=name, span=fact.period.label), fact) for name, facts in shown for fact in facts
    ]
    return sheet.drawing(say("Line chart of margins by period: {all}.", all=figures(pairs)), fact_rows(pairs))


def _margin(plot: Plot, facts: Sequence[Fact | None], color: str) -> None:
    """Draw one margin, broken where a period is missing."""
    runs: list[list[Point]] = [[]]
    for i, fact in enumerate(facts):
        if fact is not None and fact.number is not None:
            runs[-1].append((plot.x.at(i), plot.y.at(fact.number)))
        elif runs[-1]:
            runs.append([])
    for run in runs:
        if len(run) > 1:
            plot.sheet.line(run, color, 1.4)
        for point in run:
            plot.sheet.dot(point, 0.7, color, edge="#FFFFFF")
