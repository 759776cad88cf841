"""Scatter: what the market pays against what a company earns or how it grows, for the company and its peers."""

from __future__ import annotations

from dataclasses import dataclass

from generator.charts import draw_peer_scatter
from generator.language import msgid, phrase, translated
from generator.model.brief import Exhibit
from generator.model.fact import Fact
from generator.model.ledger import Ledger
from generator.model.text import Text, say
from generator.sections.phrases import exhibit, small
from generator.sections.setting import Setting

FEWEST_POINTS = 3
Point = tuple[str, Fact, Fact]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """Two measures: the metric across (twelve months) and the multiple upwards, with their words."""

    across: str
    upward: str
    across_label: str
    upward_label: str
    noun: str


PAIRS = (
    Axes(
        across="revenue_growth",
        upward="pe_ttm",
        across_label=msgid("Revenue growth, twelve months"),
        upward_label=msgid("P/E, trailing"),
        noun="growth",
    ),
    Axes(
        across="net_margin",
        upward="ps_ttm",
        across_label=msgid("Net margin, twelve months"),
        upward_label=msgid("P/S, trailing"),
        noun="margin",
    ),
)


def scatter_exhibit(ledger: Ledger, setting: Setting) -> Exhibit | None:
    """Return growth against P/E, or margin against P/S; None where too few, or not the subject, have both."""
    for axes in PAIRS:
        points = _points(ledger, axes)
        there = [point for point in points if point[1].number is not None and point[2].number is not None]
        if len(there) >= FEWEST_POINTS and there[0][1].entity == ledger.subject:
            return _exhibit(ledger, setting, axes, points=there, lacking=[p[0] for p in points if p not in there])
    return None


def _points(ledger: Ledger, axes: Axes) -> list[Point]:
    return [
        (ledger.name_of(each), ledger.latest(each, axes.across, kind="ttm"), ledger.latest(each, axes.upward))
        for each in (ledger.subject, *ledger.peers)
    ]


def _exhibit(ledger: Ledger, setting: Setting, axes: Axes, *, points: list[Point], lacking: list[str]) -> Exhibit:
    labels = (translated(axes.across_label), translated(axes.upward_label))
    drawing = draw_peer_scatter(points, subject=ledger.company.short_name, axes=labels, look=setting.look)
    note = say("Not shown, as a figure is missing: {who}.", who=phrase(", ").join(lacking)) if lacking else ()
    subtitle = say("{one}, against {other}", one=labels[1], other=small(labels[0]))
    return exhibit("peer-scatter", _title(ledger, axes, points), subtitle, drawing=drawing, note=note)


def _title(ledger: Ledger, axes: Axes, points: list[Point]) -> Text:
    """Return whether the company pays a higher multiple for more of the other measure, or not."""
    medians = [ledger.latest(ledger.subject, "peer_median", name=name).number for name in (axes.across, axes.upward)]
    own = points[0]
    if medians[0] is None or medians[1] is None:
        margin = say("Margin and multiple of the peers")
        return margin if axes.noun == "margin" else say("Growth and multiple of the peers")
    more, dearer = (own[1].number or 0.0) > medians[0], (own[2].number or 0.0) > medians[1]
    return say("{who}: {finding}", who=ledger.company.short_name, finding=_finding(axes.noun, more=more, dearer=dearer))


def _finding(noun: str, *, more: bool, dearer: bool) -> str:
    """Return on which side of the peers' medians the company stands."""
    if noun == "margin" and more:
        return phrase("higher margin, higher multiple") if dearer else phrase("higher margin, lower multiple")
    if noun == "margin":
        return phrase("lower margin, higher multiple") if dearer else phrase("lower margin, lower multiple")
    if more:
        return phrase("more growth, higher multiple") if dearer else phrase("more growth, lower multiple")
    return phrase("less growth, higher multiple") if dearer else phrase("less growth, lower multiple")
