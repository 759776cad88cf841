"""Usual charts: one of each kind, of invented figures, in a given look."""

from __future__ import annotations

from collections.abc import Callable

from invented_charts import (
    BABA,
    BASE,
    COUNTS,
    EPS,
    HOUSES,
    PARTS,
    PLANS,
    RANGES,
    SHARES,
    STRIP,
    drawdown,
    fact,
    price,
    quarters,
    rebased,
    scatter,
)

from generator.charts import (
    Look,
    Panel,
    SpendingBar,
    draw_consensus,
    draw_correlation,
    draw_drawdown,
    draw_football_field,
    draw_growth,
    draw_margins,
    draw_multiple_band,
    draw_multiple_strip,
    draw_plans,
    draw_price,
    draw_share_squares,
    draw_small_multiples,
    draw_spending,
    draw_target_fan,
    draw_targets,
    draw_waterfall,
)
from generator.model.brief import Drawing
from generator.model.fact import Unit

USUAL: dict[str, Callable[[Look], Drawing]] = {
    "price": lambda look: draw_price(
        BABA, last=price(159.0), base=BASE, targets=[price(169.0, "Average target")], look=look
    ),
    "rebased": lambda look: rebased({"BABA": 188, "AMZN": 110, "MSFT": 130, "GOOGL": 134}, look),
    "drawdown": lambda look: draw_drawdown(
        drawdown(BABA), worst=fact(min(drawdown(BABA).values)), now=fact(drawdown(BABA).values[-1]), look=look
    ),
    "band": lambda look: draw_multiple_band(
        BABA, per_share=EPS, multiples=(10, 14, 18, 22), now=fact(19.2, Unit.MULTIPLE), look=look
    ),
    "fan": lambda look: draw_target_fan(BABA, low=HOUSES[3], mean=HOUSES[1], high=HOUSES[0], look=look),
    "waterfall": lambda look: draw_waterfall(PARTS, total=("Share price year to date", fact(0.875)), look=look),
    "football": lambda look: draw_football_field(RANGES, price=price(159.0), look=look),
    "targets": lambda look: draw_targets(HOUSES, price=price(159.0), claim=price(230.0, "Press report"), look=look),
    "consensus": lambda look: draw_consensus(COUNTS, look=look),
    "consensus_half": lambda look: draw_consensus(COUNTS, look=look, width="half"),
    "strip": lambda look: draw_multiple_strip(STRIP, look=look),
    "plans": lambda look: draw_plans(PLANS, subject="Alibaba", look=look),
    "spending": lambda look: draw_spending(
        [
            SpendingBar(label="Alibaba", spent=fact(0.086), planned=fact(0.127)),
            SpendingBar(label="Amazon", planned=fact(0.179)),
            SpendingBar(label="Microsoft", spent=fact(0.229)),
        ],
        subject="Alibaba",
        look=look,
    ),
    "shares": lambda look: draw_share_squares(SHARES, subject="Alibaba Cloud", look=look),
    "multiples": lambda look: draw_small_multiples(
        [
            Panel(
                label="Revenue",
                unit="US$ bn",
                facts=quarters([v * 1e9 for v in (134.6, 126.5, 130.4, 138.3)], Unit.MONEY, "fiscal_year"),
                style="bn",
            ),
            Panel(
                label="Free cash flow",
                unit="US$ bn",
                facts=quarters([v * 1e9 for v in (15.6, 24.9, 21.7, 6.5)], Unit.MONEY, "fiscal_year"),
                style="bn",
                tone="accent",
            ),
        ],
        look=look,
    ),
    "quarters": lambda look: draw_small_multiples(
        [
            Panel(
                label="Revenue",
                unit="US$ bn",
                facts=quarters([v * 1e9 for v in (31.4, 33.7, 38.4, 32.6, 34.6)], Unit.MONEY),
                style="bn",
            ),
            Panel(
                label="Free cash flow",
                unit="US$ bn",
                tone="accent",
                style="bn",
                facts=quarters([v * 1e9 for v in (2.4, 1.9, 5.4, 0.5, -2.6)], Unit.MONEY),
            ),
        ],
        look=look,
    ),
    "margins": lambda look: draw_margins(
        [
            ("Gross", quarters((0.37, 0.38, 0.40, 0.41, 0.42, 0.45))),
            ("Operating", quarters((0.06, 0.15, 0.149, 0.147, 0.12, 0.141))),
            ("Free cash flow", quarters((0.07, 0.06, 0.14, 0.02, -0.076, -0.07))),
        ],
        look=look,
    ),
    "growth": lambda look: draw_growth(
        quarters((0.06, 0.07, 0.13, 0.18, 0.26)),
        streak=fact(8.0, Unit.COUNT, label="Quarters of triple-digit AI growth"),
        look=look,
    ),
    "scatter": lambda _look: scatter(
        {
            "Alibaba": (0.059, 19.2),
            "Amazon": (0.11, 33.4),
            "Microsoft": (0.149, 37.5),
            "Alphabet": (0.134, 26.1),
            "JD.com": (0.158, 7.4),
            "PDD": (0.31, 13.2),
        }
    ),
    "correlation": lambda look: draw_correlation(
        [
            ("PDD Holdings", fact(0.62, Unit.NUMBER)),
            ("JD.com", fact(0.71, Unit.NUMBER)),
            ("Nasdaq 100", fact(0.35, Unit.NUMBER)),
            ("Amazon", fact(0.28, Unit.NUMBER)),
        ],
        look=look,
    ),
}
