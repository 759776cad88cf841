"""The table of checks: each with its name in a report file, its level, why it is there, and its rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from generator.checks import analyst, figures, identities, likeness, market, page, sense, sources, sums, words
from generator.model.finding import Finding, Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One row: its name in a report file, the level of its findings, why it is there, and the rule.

    A rule of the ledger is called with the ledger, one of the brief with the brief and the ledger; each with the
    row's `limits` by name, and a `worded` one with the vocabulary.
    """

    name: str
    level: Level
    why: str
    rule: Callable[..., Iterable[Finding]]
    of: Literal["ledger", "brief"] = "ledger"
    limits: Mapping[str, float] = field(default_factory=dict)
    worded: bool = False


def _ledger(name: str, level: Level, why: str, rule: Callable[..., Iterable[Finding]], **limits: float) -> Check:
    return Check(name=name, level=level, why=why, rule=rule, limits=limits)


def _brief(name: str, level: Level, why: str, rule: Callable[..., Iterable[Finding]], *, worded: bool = False) -> Check:
    return Check(name=name, level=level, why=why, rule=rule, of="brief", worded=worded)


# fmt: off
ROWS = (
    # Single figures.
    _ledger("impossible_period", "block", "A figure cannot be published before its period has ended.",
            figures.impossible_period),
    _ledger("impossible_sign", "block", "A price, a count or a revenue cannot be negative.", sense.impossible_sign),
    _ledger("impossible_unit", "block", "One metric has one unit, and money has a currency.", sense.impossible_unit),
    _ledger("impossible_scale", "warn", "A figure hundreds of times its neighbours was read in thousands or millions.",
            sense.impossible_scale, factor=200),
    _ledger("stale_price", "warn", "A close that its exchange has since traded past is not the price of the day.",
            market.stale_price, sessions=1),
    _ledger("stale_estimate", "warn", "An estimate made before the newest quarter was published does not know it.",
            market.stale_estimate),
    _ledger("unconfirmed_claim", "warn", "A press claim without a source behind it is a claim, never a fact.",
            figures.unconfirmed_claim),
    _ledger("target_below_price", "note", "A target below the price is a forecast of a fall, whatever it is called.",
            market.target_below_price),
    _ledger("superseded", "note", "A plan or figure that was revised must not be quoted any more.", figures.superseded),
    _ledger("newer_period", "note", "An older period's figure must not stand in for the newest one.",
            figures.newer_period),
    _ledger("contradiction", "warn", "One figure of one period has one value.", sense.contradiction),
    _ledger("share_counts_differ", "note", "Vendors count shares differently, and every multiple follows the count.",
            market.share_counts_differ, tolerance=0.02),
    _ledger("sources_differ", "warn", "Where two sources have a figure, a reader must know that they differ.",
            sources.sources_differ),
    _ledger("vendor_ratio_differs", "note", "A ratio that a vendor prints may divide two currencies by each other.",
            sources.vendor_ratio_differs),
    _ledger("growth_across_sign", "note", "Growth from an inflow to an outflow has no percentage.",
            figures.growth_across_sign),
    # Figures that must agree.
    _ledger("identities", "block", "Multiples, margins and changes are what their parts make.", identities.identities),
    _ledger("growth_endpoints", "block", "Growth leads from the figure before to the figure after.",
            identities.growth_endpoints),
    _ledger("target_upside", "block", "An upside is the target over the price, with its sign.",
            identities.target_upside),
    _ledger("cash_flow_parts", "block", "Free cash flow is operating cash flow less capital expenditure.",
            identities.cash_flow_parts),
    _ledger("period_totals", "block", "Twelve months are what the periods in them make.", identities.period_totals),
    _ledger("waterfall", "block", "The parts of a move make the move.", identities.waterfall),
    _ledger("margin_of_multiples", "warn", "P/S over P/E is a margin, and the statements know it.",
            identities.margin_of_multiples, tolerance=0.25),
    _ledger("quarters_sum", "warn", "Four quarters must add up to their year.", sums.quarters_sum),
    _ledger("parts_of_whole", "block", "Parts never exceed the whole, nor shares the market.", sense.parts_of_whole),
    # Like with like.
    _ledger("mixed_inputs", "block", "A ratio has both its parts from one period and one company.",
            identities.mixed_inputs),
    _ledger("mixed_currencies", "block", "Two currencies never meet without a dated rate.",
            identities.mixed_currencies),
    _ledger("strange_currency", "block", "Statements stand in the company's currency, prices in that of the listing.",
            sense.strange_currency),
    _ledger("mixed_securities", "block", "An ADS is not an ordinary share.", sense.mixed_securities),
    # What the page shows.
    _brief("foreign_figure", "block", "No number reaches the page except as the ledger holds it.", page.foreign_figure),
    _brief("two_values", "block", "One figure has one value on every page.", page.two_values),
    _brief("outdated_figure", "warn", "An older figure on the page says of when it is.", page.outdated_figure),
    _brief("period_mismatch", "warn", "A sentence about one period shows the figures of that period.",
           likeness.period_mismatch),
    _brief("other_company", "block", "A figure stands with the company it belongs to.", likeness.other_company),
    _brief("unlike_cells", "warn", "A row or column compares one figure, unit, currency and length of period.",
           likeness.unlike_cells),
    _brief("column_period", "warn", "A figure stands under its own period.", likeness.column_period),
    _brief("unlike_plans", "warn", "Plans of different lengths are compared per year.", likeness.unlike_plans),
    _brief("sum_above_whole", "block", "Shares shown together stay within their whole.", likeness.sum_above_whole),
    _brief("points_as_percent", "warn", "A difference of percentages is in points.", likeness.points_as_percent),
    # Words.
    _brief("words", "warn", "Words such as surged, attractive or bullish each need their figures.", words.words,
           worded=True),
    _brief("promises", "block", "Nobody can guarantee a return.", words.promises, worded=True),
    _brief("typed_number", "warn", "A figure in the analyst's text is a fact with a source, not typed by hand.",
           analyst.typed_number),
    _brief("superlative", "warn", "A superlative in the analyst's text stands beside the fact it rests on.",
           analyst.superlative),
    _brief("vague_source", "warn", "A source in the analyst's text can be looked up.", analyst.vague_source),
)
# fmt: on

CHECKS: dict[str, Check] = {row.name: row for row in ROWS}
