"""Nasty charts: equal ends, losses, long names, many peers, single points, missing figures; all invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from invented_charts import (
    BABA,
    BASE,
    EPS,
    HOUSES,
    LONG,
    LOOK,
    PEERS,
    RANGES,
    STRIP,
    drawdown,
    fact,
    flat,
    index_of,
    money,
    price,
    quarters,
    rebased,
    scatter,
    series,
)

from generator.charts import (
    Panel,
    PlanBar,
    Range,
    SpendingBar,
    Target,
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
    draw_rebased,
    draw_share_squares,
    draw_small_multiples,
    draw_spending,
    draw_target_fan,
    draw_targets,
    draw_waterfall,
)
from generator.model.brief import Drawing
from generator.model.fact import Unit

NASTY: dict[str, Callable[[], Drawing]] = {
    "price_one_day": lambda: draw_price(flat("BABA", 1), last=price(120.0), look=LOOK),
    "price_flat": lambda: draw_price(
        flat("BABA", 30), last=price(120.0), base=BASE, targets=[price(120.0, "Mean target")], look=LOOK
    ),
    "price_three_close_targets": lambda: draw_price(
        BABA,
        last=price(159.0),
        base=BASE,
        look=LOOK,
        targets=[price(166.0, "Mean target"), price(168.0, LONG), price(170.0, "Morgan Stanley")],
    ),
    "price_many_years": lambda: draw_price(
        series("BABA", start=210, end=1159, days=2100),
        last=price(1159.0),
        targets=[price(1250.0, "Mean target")],
        look=LOOK,
    ),
    "price_nothing_else": lambda: draw_price(BABA, last=None, look=LOOK),
    "rebased_equal_ends": lambda: rebased({"BABA": 130, "AMZN": 130, "MSFT": 130, "TSM": 130}),
    "rebased_twelve_peers": lambda: rebased({"BABA": 188} | {peer: 90 + 4 * i for i, peer in enumerate(PEERS)}),
    "rebased_one": lambda: draw_rebased([index_of(flat("BABA", 1))], ends=[], subject="BABA", look=LOOK),
    "drawdown_never": lambda: draw_drawdown(drawdown(flat("BABA", 40)), worst=fact(0.0), now=None, look=LOOK),
    "drawdown_now_is_worst": lambda: draw_drawdown(
        drawdown(series("BABA", start=150, end=60)), worst=fact(-0.62), now=fact(-0.62), look=LOOK
    ),
    "band_losses": lambda: draw_multiple_band(
        BABA,
        per_share=replace(EPS, values=(5.1, -1.0, 2.0, 7.6, 8.28)),
        multiples=(10, 12.5, 15, 18, 22),
        now=fact(18.1, Unit.MULTIPLE),
        look=LOOK,
    ),
    "fan_equal": lambda: draw_target_fan(BABA, low=HOUSES[1], mean=HOUSES[1], high=HOUSES[1], look=LOOK),
    "fan_mean_only": lambda: draw_target_fan(BABA, low=None, mean=HOUSES[1], high=None, look=LOOK),
    "waterfall_losses": lambda: draw_waterfall(
        [
            ("Revenue", fact(0.10)),
            ("Margin of the group", fact(-0.45)),
            ("Multiple", fact(0.05)),
            ("Compounding", fact(-0.04)),
            ("Dividends", fact(0.01)),
        ],
        total=("Share price", fact(-0.33)),
        look=LOOK,
    ),
    "football_edges": lambda: draw_football_field(
        [
            Range(
                label=f"{LONG} by sum of the parts",
                low=price(100.0),
                high=price(100.4),
                mid=price(100.2),
                mid_name="midpoint",
            ),
            Range(label="Targets", low=price(155.0), high=price(164.0), mid=price(159.5), tone="accent"),
            *(
                Range(
                    label=f"Method {i}",
                    low=price(90.0 + 9 * i),
                    high=price(120.0 + 11 * i),
                    mid=price(101.0 + 10 * i),
                    tone="brand",
                )
                for i in range(8)
            ),
        ],
        price=price(159.0),
        look=LOOK,
    ),
    "football_one": lambda: draw_football_field(RANGES[:1], price=None, look=LOOK),
    "targets_twelve": lambda: draw_targets(
        [Target(target=price(150.0 + 3 * i, f"{LONG} {i}"), upside=fact(0.01 * i)) for i in range(12)],
        price=price(159.0),
        look=LOOK,
    ),
    "targets_claim_only": lambda: draw_targets([], price=price(159.0), claim=price(230.0, "Press"), look=LOOK),
    "consensus_sixty": lambda: draw_consensus(
        [
            ("Strong buy", fact(21.0, Unit.COUNT)),
            ("Buy", fact(34.0, Unit.COUNT)),
            ("Hold", fact(5.0, Unit.COUNT)),
            ("Underperform", fact(2.0, Unit.COUNT)),
            ("Sell", fact(1.0, Unit.COUNT)),
        ],
        look=LOOK,
    ),
    "consensus_one": lambda: draw_consensus([("Buy", fact(1.0, Unit.COUNT))], look=LOOK),
    "strip_equal": lambda: draw_multiple_strip(
        [(name, fact(19.2, Unit.MULTIPLE, name=name)) for name, _ in STRIP], look=LOOK
    ),
    "strip_one": lambda: draw_multiple_strip(STRIP[1:2], look=LOOK),
    "plans_tiny_year": lambda: draw_plans(
        [
            PlanBar(label=LONG, year=money(100.0)),
            PlanBar(label="Alibaba", year=money(2.0), total=money(12.0), note="over 6 years, announced in stages"),
        ],
        subject="Alibaba",
        look=LOOK,
    ),
    "plans_twelve": lambda: draw_plans(
        [PlanBar(label=f"{LONG} {i}", year=money(5.0 * i + 1)) for i in range(12)], subject=f"{LONG} 0", look=LOOK
    ),
    "spending_twelve": lambda: draw_spending(
        [SpendingBar(label=f"{LONG} {i}", spent=fact(0.04 * i), planned=fact(0.9)) for i in range(12)],
        subject=f"{LONG} 0",
        look=LOOK,
    ),
    "spending_less_planned": lambda: draw_spending(
        [SpendingBar(label="Alibaba", spent=fact(0.5), planned=fact(0.01))], subject="Alibaba", look=LOOK
    ),
    "shares_narrow": lambda: draw_share_squares(
        [
            (f"{LONG} {i}", fact(share))
            for i, share in enumerate((0.35, 0.2, 0.01, 0.01, 0.004, 0.02, 0.03, 0.05, 0.02))
        ],
        subject=f"{LONG} 2",
        look=LOOK,
    ),
    "shares_narrow_few": lambda: draw_share_squares(
        [("Amazon", fact(0.01)), ("Microsoft", fact(0.01)), ("Alphabet", fact(0.015)), ("Alibaba", fact(0.02))],
        subject="Alibaba",
        look=LOOK,
    ),
    "shares_whole": lambda: draw_share_squares(
        [("Amazon", fact(0.334)), ("Alibaba", fact(0.333)), ("Others", fact(0.333))], subject="Alibaba", look=LOOK
    ),
    "multiples_twelve": lambda: draw_small_multiples(
        [
            Panel(
                label="Revenue of the whole group",
                unit="US$ bn",
                facts=quarters([i * 11.5e9 for i in range(1, 13)], Unit.MONEY),
                style="bn",
            ),
            Panel(
                label="Net income",
                unit="US$ bn",
                tone="accent",
                facts=quarters([(i - 6) * 1e9 for i in range(12)], Unit.MONEY),
                style="bn",
            ),
        ],
        look=LOOK,
    ),
    "multiples_missing": lambda: draw_small_multiples(
        [
            Panel(label="Revenue", unit="US$ bn", facts=quarters([1e9, None, 3e9, 0.0], Unit.MONEY), style="bn"),
            Panel(
                label="Losses",
                unit="US$ bn",
                facts=quarters([-1e9, -2e9, None, -4e9], Unit.MONEY),
                style="bn",
                tone="teal",
            ),
        ],
        look=LOOK,
    ),
    "margins_equal": lambda: draw_margins(
        [
            ("Gross margin before anything else", quarters((0.2, None, 0.2, 0.2))),
            ("Operating", quarters((0.2, 0.2, 0.2, 0.2))),
            ("Net", quarters((-0.2, 0.1, 0.1, 0.2))),
        ],
        look=LOOK,
    ),
    "margins_one": lambda: draw_margins([("Gross", quarters((0.4,)))], look=LOOK),
    "growth_negative": lambda: draw_growth(
        quarters((-0.06, 0.07, -0.13, None, -0.26, 0.02, 0.5, 1.26, -0.4)), look=LOOK
    ),
    "growth_one": lambda: draw_growth(quarters((0.26,)), look=LOOK),
    "scatter_crowd": lambda: scatter(
        {LONG: (0.1, 20.0)} | {f"Company number {i}": (0.1 + 0.004 * (i % 4), 20.0 + 0.3 * i) for i in range(12)}
    ),
    "scatter_one": lambda: scatter({"Alibaba": (0.1, 20.0)}),
    "correlation_negative": lambda: draw_correlation(
        [(LONG, fact(-0.98, Unit.NUMBER)), ("Alphabet", fact(0.99, Unit.NUMBER)), ("Zero", fact(0.0, Unit.NUMBER))],
        look=LOOK,
    ),
    "correlation_twelve": lambda: draw_correlation(
        [(f"{LONG} {i}", fact(i / 12, Unit.NUMBER)) for i in range(12)], look=LOOK
    ),
}
