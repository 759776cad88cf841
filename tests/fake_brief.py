"""A whole brief of invented facts, to judge templates by before and beside the real sections.

Every figure, source and sentence here is made up. Nothing of it may be quoted.
"""

# ruff: noqa: E501 - an invented sentence is judged by how it reads, whole

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import sin

from generator.model.brief import (
    Brief,
    Callout,
    Column,
    Drawing,
    Exhibit,
    Front,
    KeyDatum,
    Paragraph,
    Row,
    Section,
    Table,
    Tile,
    Width,
)
from generator.model.fact import Fact, Source, Unit, fact_id, unknown
from generator.model.finding import Finding
from generator.model.period import Period
from generator.model.snapshot import Company
from generator.model.text import Strong, Text, say

DAY = date(2025, 10, 2)
SOURCES = tuple(
    Source(publisher=publisher, title=title, url=url, published_on=DAY - timedelta(days=days), licence=licence)
    for publisher, title, url, days, licence in (
        ("Invented Group", "annual report, year to 31 March 2025 (made up)", "https://example.com/annual", 130, ""),
        ("Invented Group", "results of the quarter to June 2025 (made up)", "https://example.com/q1", 35, ""),
        ("Invented Group", "announcement of a three-year plan (made up)", "https://example.com/plan", 220, ""),
        ("Made-up Exchange", "daily closing prices", "https://example.com/prices", 1, "For display in this brief only"),
        (
            "Fictitious Consensus",
            "targets and ratings of sixteen analysts",
            "https://example.com/consensus",
            2,
            "Licensed",
        ),
        ("Fictitious Consensus", "estimates of earnings per share", "https://example.com/estimates", 2, "Licensed"),
        ("Imaginary Research", "cloud market shares, second quarter", "https://example.com/cloud", 61, ""),
        ("Rival One", "annual report (made up)", "https://example.com/rival-one", 64, ""),
        ("Rival Two", "annual report (made up)", "https://example.com/rival-two", 70, ""),
        ("Central Bank of Nowhere", "reference exchange rates", "https://example.com/rates", 1, "Public domain"),
    )
)
COMPANY = Company(
    ticker="INVT",
    name="Invented Group Holding",
    short_name="Invented Group",
    exchange="NYSE",
    mic="XNYS",
    price_currency="USD",
    statement_currency="CNY",
    native_name="阿里巴巴集团",
    native_lang="zh-Hans",
    ads_ratio=8,
    fiscal_year_end="03-31",
    sector="Consumer cyclical",
    industry="Internet retail and cloud",
    country="China",
)


class Facts:
    """Makes invented facts and remembers them by id."""

    def __init__(self) -> None:
        self.known: dict[str, Fact] = {}

    def make(
        self,
        metric: str,
        value: float | str | None,
        unit: Unit,
        *,
        source: int = 0,
        currency: str | None = None,
        name: str = "",
        entity: str = "INVT",
        formula: str = "",
        period: Period | None = None,
        low: float | None = None,
        high: float | None = None,
    ) -> Fact:
        """Return a new fact, stated by the source of that number (0: by none) or computed."""
        when = period or Period.instant(DAY - timedelta(days=1))
        fact = Fact(
            id=fact_id(entity, metric, when, name),
            entity=entity,
            metric=metric,
            label=metric.replace("_", " "),
            value=value,
            unit=unit,
            period=when,
            as_of=when.end,
            published_on=when.end,
            currency=currency,
            name=name,
            sources=SOURCES[source - 1 : source] if source else (),
            formula=formula,
            low=low,
            high=high,
        )
        self.known[fact.id] = fact
        return fact

    def missing(self, metric: str, reason: str, *, entity: str = "INVT", unit: Unit = Unit.MULTIPLE) -> Fact:
        """Return a fact that is not known."""
        fact = unknown(entity, metric, label=metric, unit=unit, period=Period.instant(DAY), reason=reason)
        self.known[fact.id] = fact
        return fact


def money(
    facts: Facts, metric: str, billions: float, *, source: int = 1, entity: str = "INVT", formula: str = ""
) -> Fact:
    """Return an invented amount in US dollars."""
    return facts.make(metric, billions * 1e9, Unit.MONEY, source=source, currency="USD", entity=entity, formula=formula)


def line_svg(width: float, height: float, *, points: int = 120) -> str:
    """Return a plain line chart of that size in mm."""
    w, h = width / 0.3528, height / 0.3528
    path = " ".join(
        f"{20 + (w - 70) * i / (points - 1):.2f},{h * (0.7 - 0.45 * i / points - 0.12 * sin(i / 7)):.2f}"
        for i in range(points)
    )
    grid = "".join(
        f'<line x1="20" x2="{w - 50:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="#DDD7CA" stroke-width="0.5"/>'
        f'<text x="{w - 44:.1f}" y="{y + 2.6:.1f}" fill="#5F6975" font-family="Source Sans 3" font-size="7.2">{label}</text>'
        for y, label in ((h * (0.12 + 0.19 * i), 180 - 20 * i) for i in range(5))
    )
    line = f'<polyline points="{path}" fill="none" stroke="#BF4713" stroke-width="1.7"/>'
    return _svg(width, height, grid + line)


def bar_svg(width: float, height: float, values: tuple[float, ...], labels: tuple[str, ...]) -> str:
    """Return a plain bar chart of that size in mm."""
    w, h = width / 0.3528, height / 0.3528
    step, top = (w - 10) / len(values), max(values)
    parts = []
    for i, (value, label) in enumerate(zip(values, labels, strict=True)):
        x, tall = 5 + i * step, (h - 34) * value / top
        parts.append(
            f'<rect x="{x + step * 0.2:.1f}" y="{h - 18 - tall:.1f}" width="{step * 0.6:.1f}" height="{tall:.1f}" fill="#0F2C4C"/>'
            f'<text x="{x + step / 2:.1f}" y="{h - 22 - tall:.1f}" text-anchor="middle" '
            f'font-family="Source Sans 3" font-weight="700" font-size="7.8">{value}</text>'
            f'<text x="{x + step / 2:.1f}" y="{h - 8:.1f}" text-anchor="middle" fill="#5F6975" '
            f'font-family="Source Sans 3" font-size="7.2">{label}</text>'
        )
    return _svg(width, height, "".join(parts))


def _svg(width: float, height: float, body: str) -> str:
    box = f"0 0 {width / 0.3528:.2f} {height / 0.3528:.2f}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" viewBox="{box}">{body}</svg>'


def chart(
    key: str,
    title: Text,
    subtitle: str,
    *,
    width: Width,
    svg: str,
    alt: Text,
    sources: tuple[Source, ...],
    facts: tuple[Fact, ...] = (),
) -> Exhibit:
    """Return an exhibit with a chart."""
    drawing = Drawing(svg=svg, alt=alt, columns=("day", "value"), rows=(("2025-10-01", 159.0),), facts=facts)
    return Exhibit(
        key=key,
        title=title,
        subtitle=(subtitle,),
        width=width,
        as_of=DAY,
        drawing=drawing,
        sources=sources,
    )


def sentences(*texts: Text) -> Paragraph:
    """Return a paragraph."""
    return Paragraph(sentences=texts)


def fake_brief() -> Brief:
    """Return the whole invented brief."""
    facts = Facts()
    sections = (
        _changes(facts),
        _thesis(facts),
        _strategy(facts),
        _landscape(facts),
        _valuation(facts),
        _financials(facts),
        _risks(facts),
        _implications(facts),
        _conclusion(),
        _notes(facts),
        Section(key="sources", title="Sources and disclosures"),
    )
    front = _front(facts)
    return Brief(
        company=COMPANY,
        as_of=DAY,
        priced_on=DAY - timedelta(days=1),
        front=_numbered_front(front),
        sections=_numbered(sections, first=2 + len(front.side_exhibits)),
        sources=SOURCES,
        facts=facts.known,
        findings=_findings(facts),
        author="A. Nonymous",
        version="0.1.0",
        disclosures={"conflicts": "", "licences": "Prices and consensus are invented and may be shown to anyone."},
    )


def _numbered_front(front: Front) -> Front:
    assert front.exhibit is not None
    side = tuple(replace(each, number=i) for i, each in enumerate(front.side_exhibits, start=2))
    return replace(front, exhibit=replace(front.exhibit, number=1), side_exhibits=side)


def _numbered(sections: tuple[Section, ...], *, first: int) -> tuple[Section, ...]:
    number, numbered = first, []
    for section in sections:
        exhibits = tuple(replace(each, number=number + i) for i, each in enumerate(section.exhibits))
        number += len(exhibits)
        numbered.append(replace(section, exhibits=exhibits))
    return tuple(numbered)


def _front(facts: Facts) -> Front:
    price = facts.make("price", 159.0, Unit.PER_ADS, source=4, currency="USD")
    gain = facts.make("return_ytd", 0.8752, Unit.FRACTION, source=0, formula="price / price at year end - 1")
    pe, forward = (
        facts.make("pe_ttm", 19.2, Unit.MULTIPLE, source=5),
        facts.make("pe_forward", 13.99, Unit.MULTIPLE, source=6),
    )
    plan = money(facts, "plan", 53, source=3)
    fcf = facts.make("fcf_growth", -0.7, Unit.FRACTION, source=1)
    buys, of = facts.make("buys", 15, Unit.COUNT, source=5), facts.make("analysts", 16, Unit.COUNT, source=5)
    target = facts.make("target_mean", 169, Unit.PER_ADS, source=5, currency="USD")
    cloud = facts.make("cloud_growth", 0.26, Unit.FRACTION, source=2)
    share = facts.make("cloud_share", 0.04, Unit.FRACTION, source=7)
    sales = facts.make("ps", 3.15, Unit.MULTIPLE, source=5)
    revenue = money(facts, "revenue_ttm", 138.3, source=2)
    tiles = (
        Tile(figure=say("{x:signed}", x=gain), label="Share price, year to date", context=say("{p}, US$", p=price)),
        Tile(figure=say("{x}", x=pe), label="Trailing P/E", context=("11.7× at end 2024",)),
        Tile(figure=say("{x}", x=forward), label="Forward P/E", context=("next 12 months",)),
        Tile(figure=say("{x}", x=sales), label="Price/sales", context=say("TTM revenue {x}", x=revenue)),
        Tile(
            figure=say("{x} of {y}", x=buys, y=of), label="Analysts at Buy", context=say("average target {x}", x=target)
        ),
        Tile(figure=say("{x}", x=fcf), label="Free cash flow", context=("change on year",)),
    )
    takeaways = (
        Paragraph(
            lead="The commitment.",
            sentences=(
                say(
                    "The company is putting {x} into AI and cloud infrastructure over three years, more than it spent on both in the past decade.",
                    x=plan,
                ),
            ),
        ),
        Paragraph(
            lead="The traction.",
            sentences=(
                say(
                    "Cloud revenue rose {x} in the latest quarter, and new data centers target emerging markets.",
                    x=cloud,
                ),
            ),
        ),
        Paragraph(
            lead="The cost.",
            sentences=(
                say("The shares are up {x:abs} this year while free cash flow is down {y:abs}.", x=gain, y=fcf),
                say("At {x} trailing earnings the market pays for growth that has not been reported yet.", x=pe),
            ),
        ),
        Paragraph(
            lead="The gap.",
            sentences=(say("The company holds {x} of the cloud market, with a price war under way.", x=share),),
        ),
    )
    exhibit = chart(
        "price",
        say("The shares have closed most of the gap to the average target"),
        "Share price, US$, October 2024 to October 2025",
        width="main",
        svg=line_svg(118, 66),
        alt=say("Line chart of the share price rising to {x}; the average target is {y}.", x=price, y=target),
        sources=(SOURCES[3], SOURCES[4]),
        facts=(price, target, gain),
    )
    side = (
        chart(
            "pe-path",
            say("Re-rated, then expected to fall"),
            "P/E",
            width="side",
            svg=bar_svg(46, 21, (11.7, 19.2, 13.99), ("2024", "trailing", "forward")),
            alt=say("Bars of the price/earnings ratio: {x} trailing and {y} forward.", x=pe, y=forward),
            sources=(SOURCES[4], SOURCES[5]),
        ),
        chart(
            "ratings",
            say("{x} of {y} analysts say Buy", x=buys, y=of),
            "Ratings",
            width="side",
            svg=bar_svg(46, 17, (15, 1, 0.1), ("Buy", "Hold", "Sell")),
            alt=say("{x} of {y} analysts rate the shares a Buy.", x=buys, y=of),
            sources=(SOURCES[4],),
        ),
    )
    data = (
        KeyDatum(label="Price, 1 October 2025", figure=say("{x}", x=price)),
        KeyDatum(label="Market value", figure=say("{x}", x=money(facts, "market_value", 379.4, source=4))),
        KeyDatum(
            label="Enterprise value",
            figure=say("{x}", x=money(facts, "ev", 361.7, source=0, formula="market value + debt - cash")),
        ),
        KeyDatum(label="Revenue, TTM", figure=say("{x}", x=revenue)),
        KeyDatum(
            label="Net margin",
            figure=say(
                "{x}", x=facts.make("net_margin", 0.147, Unit.FRACTION, source=0, formula="net income / revenue")
            ),
        ),
        KeyDatum(
            label="EV/EBITDA",
            figure=say("{x}", x=facts.missing("ev_ebitda", "no source gives depreciation for the last twelve months")),
        ),
        KeyDatum(label="Plan, per year", figure=say("{x}", x=money(facts, "plan_per_year", 17.7, source=3))),
    )
    return Front(
        headline=say("Invented Group’s AI-driven turnaround, and what its price already assumes"),
        deck=say(
            "A {x} AI and cloud plan has re-rated the shares. Almost three quarters of this year’s gain is a higher multiple, not higher earnings.",
            x=plan,
        ),
        tiles=tiles,
        takeaways=takeaways,
        exhibit=exhibit,
        key_data=data,
        side_exhibits=side,
        key_data_note=say("Ratios are computed; the data notes show how."),
    )


def _changes(facts: Facts) -> Section:
    rows = tuple(
        Row(
            head=(head,),
            cells=(
                say("{x}", x=facts.make(f"{key}_then", then, unit, source=4, currency="USD")),
                say("{x}", x=facts.make(f"{key}_now", now, unit, source=4, currency="USD")),
                (cause,),
            ),
        )
        for head, key, then, now, unit, cause in (
            ("Share price", "price", 151.4, 159.0, Unit.PER_ADS, "market; three broker upgrades"),
            ("Average target", "target", 165.1, 169.0, Unit.PER_ADS, "estimate revision"),
            ("Market value", "cap", 361.3e9, 379.4e9, Unit.MONEY, "market"),
        )
    )
    table = Table(
        columns=(
            Column(label="Figure", kind="text", share=2),
            Column(label="25 September"),
            Column(label="Now"),
            Column(label="Cause", kind="text", share=3),
        ),
        rows=rows,
    )
    exhibit = Exhibit(
        key="changes",
        title=say("Three figures moved; one of them because an estimate was revised"),
        subtitle=("Figures of the last issue against this one",),
        width="full",
        as_of=DAY,
        table=table,
        sources=(SOURCES[3], SOURCES[4]),
    )
    return Section(
        key="changes",
        title="Since the last issue",
        lede=say("The price moved more than what is known about the company."),
        exhibits=(exhibit,),
    )


def _thesis(facts: Facts) -> Section:
    plan = (
        facts.known[next(key for key in facts.known if ".plan." in key)]
        if any(".plan." in key for key in facts.known)
        else money(facts, "plan", 53, source=3)
    )
    growth = facts.make("revenue_growth", 0.0187, Unit.FRACTION, source=2)
    prose = (
        sentences(
            say("The company sells advertising and logistics to merchants, and computing power to everybody else."),
            say(
                "Its {x} three-year plan moves the weight from the first business to the second, at a time when revenue grows by only {y} a year.",
                x=plan,
                y=growth,
            ),
        ),
        sentences(
            say(
                "The question is no longer whether demand for computing power exists, but whether this company is paid for it before its rivals are."
            ),
            say(
                "Two facts decide it: how fast cloud revenue grows, and how long free cash flow can pay for the build-out."
            ),
        ),
        sentences(
            say(
                "This brief sets the plan against rivals’ budgets, splits the share price gain into its parts, and lists what would change the view."
            ),
            say("The data behind the charts is attached to this file."),
        ),
    )
    return Section(
        key="thesis",
        title="Investment thesis",
        prose=prose,
        words=f'Management’s tone has changed since spring. At the last call the word *efficiency* fell less often than *capacity*, and {{{{ fig("{plan.id}") }}}} was called a floor.\n\n- Watch the backlog, not the headlines.\n- A second plan would be a warning.',
    )


def _strategy(facts: Facts) -> Section:
    yearly = money(facts, "plan_yearly", 17.7, source=3)
    cloud = facts.make("cloud_growth_q", 0.26, Unit.FRACTION, source=2)
    share = facts.make("plan_share", 0.128, Unit.FRACTION, formula="plan per year / revenue")
    prose = (
        sentences(
            say("The strategy is defined by scale."),
            say(
                "At {x} a year the plan takes {y} of revenue, and exceeds everything the company spent in this field over the past decade.",
                x=yearly,
                y=share,
            ),
            say("It has already produced results: the cloud segment grew {z} in its latest quarter.", z=cloud),
        ),
        sentences(
            say(
                "The company is also widening its footprint, with data centers planned in Europe, the Middle East, Latin America and Southeast Asia."
            ),
            say(
                "That push is critical, because its market share is small and its home market is no longer growing fast enough to fill new halls on its own."
            ),
        ),
    )
    halves = (
        chart(
            "plans",
            say("Three years here are less than one of a rival"),
            "Spending plans, US$ bn a year",
            width="half",
            svg=bar_svg(85, 46, (100, 80, 75, 17.7), ("Rival One", "Rival Two", "Rival Three", "Invented")),
            alt=say("Bars of yearly spending plans: {x} at the company.", x=yearly),
            sources=(SOURCES[2], SOURCES[7], SOURCES[8]),
        ),
        chart(
            "shares",
            say("A distant fourth in the cloud"),
            "Market share, second quarter of 2025, %",
            width="half",
            svg=bar_svg(85, 46, (30, 20, 13, 4), ("Rival One", "Rival Two", "Rival Three", "Invented")),
            alt=say("Bars of market shares, the company last."),
            sources=(SOURCES[6],),
        ),
    )
    check = Callout(
        kind="check",
        title="Data check: two cloud growth rates",
        paragraphs=(
            sentences(
                say(
                    "An older article gives cloud growth of 13%; the quarter to June 2025, published five weeks before this brief, shows {x}.",
                    x=cloud,
                ),
                say("This brief uses the newer figure."),
            ),
        ),
    )
    return Section(
        key="strategy",
        title="Strategic investments",
        lede=say(
            "{x} a year is a large bet for the company and a small one beside the budgets of its rivals.", x=yearly
        ),
        prose=prose,
        exhibits=halves,
        callouts=(check,),
    )


def _landscape(facts: Facts) -> Section:
    names = (
        "Invented Group",
        "Rival One Incorporated and Sons",
        "Rival Two",
        "Rival Three of a Very Long Name plc",
        "Sixth Entrant",
    )
    rows = []
    for i, name in enumerate(names):
        peer = f"P{i}"
        cap = money(facts, "cap", 379 + 400 * i, source=4, entity=peer)
        growth = facts.make("growth", 0.02 + 0.03 * i if i != 3 else -0.046, Unit.FRACTION, source=8, entity=peer)
        margin = facts.make("margin", 0.147 + 0.05 * i, Unit.FRACTION, entity=peer, formula="net income / revenue")
        multiple = (
            facts.make("pe", 19.2 + 4 * i, Unit.MULTIPLE, source=5, entity=peer)
            if i != 4
            else facts.missing("pe", "Sixth Entrant reports a loss", entity=peer)
        )
        capex = (
            money(facts, "capex", 12 + 20 * i, source=8, entity=peer)
            if i != 2
            else facts.missing(
                "capex", "Rival Two has not filed its cash flow for this year", entity=peer, unit=Unit.MONEY
            )
        )
        rows.append(
            Row(
                head=(name,),
                kind="subject" if i == 0 else "",
                cells=(
                    say("{x:bn}", x=cap),
                    say("{x:table}", x=growth),
                    say("{x:table}", x=margin),
                    say("{x:bn}", x=capex),
                    say("{x}", x=multiple),
                    (
                        ("Reach and price", "Cloud leadership", "Enterprise customers", "Own chips, own models", "n/a")[
                            i
                        ],
                    ),
                ),
            )
        )
    table = Table(
        columns=(
            Column(label="Company", kind="text", share=2.6),
            Column(label="Market value, US$ bn", share=1.3),
            Column(label="Revenue growth"),
            Column(label="Net margin"),
            Column(label="Capex, US$ bn"),
            Column(label="P/E"),
            Column(label="Stated strength", kind="text", share=2),
        ),
        rows=tuple(rows),
    )
    exhibit = Exhibit(
        key="peers",
        title=say("The company trails on size and margin, and is priced for it"),
        subtitle=("Latest fiscal year; US$ at the rate of 1 October 2025",),
        width="full",
        as_of=DAY,
        table=table,
        sources=(SOURCES[3], SOURCES[4], SOURCES[7], SOURCES[9]),
    )
    prose = (
        sentences(
            say(
                "Spending belongs in the context of a wider arms race, in which budgets are announced by the year and spent by the quarter."
            ),
            say(
                "Rivals put four to six times as much into data centers, so cost efficiency and regional expansion have to set the company apart."
            ),
        ),
        sentences(
            say("Pricing complicates the picture."),
            say(
                "New entrants with specialised models have cut list prices, and the balance between aggressive pricing and technical differentiation will decide how long growth lasts."
            ),
        ),
    )
    return Section(
        key="landscape",
        title="Competitive landscape",
        lede=say("Rivals spend four to six times as much per year; the company has to win on cost and on geography."),
        prose=prose,
        exhibits=(exhibit,),
    )


def _valuation(facts: Facts) -> Section:
    pe = facts.make("pe_now", 19.2, Unit.MULTIPLE, source=5)
    high, mean, low = (
        facts.make(f"target_{k}", v, Unit.PER_ADS, source=5, currency="USD")
        for k, v in (("high", 205), ("avg", 169), ("low", 130))
    )
    part = facts.make("multiple_part", 0.73, Unit.FRACTION, formula="log of the multiple / log of the price")
    prose = (
        sentences(
            say("The shares stand at {x} trailing earnings, up from 11.7 at the end of last year.", x=pe),
            say("A higher multiple accounts for {y:whole} of the gain; earnings make up the rest.", y=part),
        ),
        sentences(
            say("Analysts agree more than the targets do."),
            say(
                "Their targets reach from {a} to {b} with a mean of {c}, which is six per cent above the price.",
                a=low,
                b=high,
                c=mean,
            ),
            say(
                "The spread is wider than it was in spring, and the number of analysts who raised their estimates for the current year has fallen for the second month in a row."
            ),
        ),
    )
    exhibits = (
        chart(
            "decomposition",
            say("A higher multiple explains most of the gain"),
            "Parts of the year-to-date return, points",
            width="half",
            svg=bar_svg(85, 50, (64.1, 14.3, 9.1, 87.5), ("Higher P/E", "EPS growth", "Both", "Price")),
            alt=say("Waterfall of the return; the multiple explains {x}.", x=part),
            sources=(SOURCES[4],),
            facts=(part,),
        ),
        chart(
            "band",
            say("From the bottom of the band to its upper third"),
            "Price against EPS at fixed multiples",
            width="half",
            svg=line_svg(85, 50),
            alt=say("The price in its P/E band, now at {x}.", x=pe),
            sources=(SOURCES[3], SOURCES[5]),
        ),
        chart(
            "football",
            say("Most methods bracket the current price; few leave much room above it"),
            "Value per ADS by method, US$",
            width="full",
            svg=bar_svg(
                178,
                58,
                (78, 97, 133, 121, 128, 130),
                ("52 weeks", "Trailing P/E", "Forward P/E", "Price/sales", "DCF", "Targets"),
            ),
            alt=say("Ranges of value from {x} to {y}.", x=low, y=high),
            sources=SOURCES[2:6],
        ),
        chart(
            "fan",
            say("The average target leaves six per cent"),
            "Price and range of 12-month targets, US$",
            width="half",
            svg=line_svg(85, 48),
            alt=say("Fan of targets from {x} to {y}.", x=low, y=high),
            sources=(SOURCES[4],),
        ),
        chart(
            "rebased",
            say("The shares have outrun every larger rival"),
            "Share prices, end of 2024 = 100",
            width="half",
            svg=line_svg(85, 48),
            alt=say("Lines of rebased prices."),
            sources=(SOURCES[3],),
        ),
    )
    return Section(
        key="valuation",
        title="Valuation and investor sentiment",
        lede=say("The arithmetic favors sentiment: the multiple rose more than earnings did."),
        prose=prose,
        exhibits=exhibits,
    )


def _statement_rows(facts: Facts, count: int, *, quarterly: bool) -> tuple[Row, ...]:
    lines: tuple[tuple[str, str, Unit, float], ...] = (
        ("Revenue", "total", Unit.MONEY, 110),
        ("Gross profit", "", Unit.MONEY, 45),
        ("Operating income", "", Unit.MONEY, 16),
        ("Net income", "total", Unit.MONEY, 12),
        ("Operating cash flow", "", Unit.MONEY, 24),
        ("Capital spending", "", Unit.MONEY, -9),
        ("Free cash flow", "total", Unit.MONEY, 11),
        ("Net cash", "", Unit.MONEY, 42),
        ("Gross margin", "", Unit.FRACTION, 0.39),
        ("Net margin", "", Unit.FRACTION, 0.11),
        ("Revenue growth", "", Unit.FRACTION, -0.03),
    )
    rows: list[Row] = []
    for label, kind, unit, base in lines:
        if label in ("Revenue", "Operating cash flow", "Gross margin"):
            rows.append(
                Row(
                    head=(
                        {
                            "Revenue": "Income",
                            "Operating cash flow": "Cash flow and balance sheet",
                            "Gross margin": "Ratios",
                        }[label],
                    ),
                    kind="band",
                )
            )
        cells = []
        for i in range(count):
            value = (
                base
                * (1 + 0.08 * i)
                * (0.25 if quarterly and unit is Unit.MONEY else 1)
                * (-1 if label == "Free cash flow" and i == count - 1 else 1)
            )
            if label == "Gross profit" and i == 0:
                fact = facts.missing(f"gross_{count}", "gross profit was not reported before FY2022", unit=Unit.MONEY)
            else:
                fact = facts.make(
                    f"{label.lower().replace(' ', '_')}_{count}_{i}",
                    value * (1e9 if unit is Unit.MONEY else 1),
                    unit,
                    source=1 + i % 2,
                    currency="USD",
                )
            cells.append(say("{x:table}", x=fact))
        rows.append(Row(head=(label,), cells=tuple(cells), kind="total" if kind else ""))
    return tuple(rows)


def _financials(facts: Facts) -> Section:
    years = ("FY2021A", "FY2022A", "FY2023A", "FY2024A", "FY2025A", "FY2026E", "FY2027E")
    quarters = ("Sep 23", "Dec 23", "Mar 24", "Jun 24", "Sep 24", "Dec 24", "Mar 25", "Jun 25")
    annual = Table(
        columns=(
            Column(label="Year to 31 March", kind="text", share=2.6),
            *(Column(label=each, estimate=each.endswith("E")) for each in years),
        ),
        rows=_statement_rows(facts, 7, quarterly=False),
    )
    quarterly = Table(
        columns=(Column(label="Quarter to", kind="text", share=2.4), *(Column(label=each) for each in quarters)),
        rows=_statement_rows(facts, 8, quarterly=True),
    )
    exhibits = (
        Exhibit(
            key="annual",
            title=say("Capital spending absorbs operating cash"),
            subtitle=("US$ bn at the rate of each year end; A actual, E estimate; parentheses are negative",),
            width="full",
            as_of=DAY,
            table=annual,
            sources=SOURCES[:3],
        ),
        Exhibit(
            key="quarterly",
            title=say("The last quarter was the weakest of eight for cash"),
            subtitle=("US$ bn",),
            width="full",
            as_of=DAY,
            table=quarterly,
            sources=SOURCES[:2],
        ),
    )
    return Section(
        key="financials", title="Financial summary", lede=say("Income has recovered; cash has not."), exhibits=exhibits
    )


def _risks(facts: Facts) -> Section:
    rows = tuple(
        Row(head=(Strong(words=head),), cells=((what,), (evidence,), (likely,), (impact,), (watch,)))
        for head, what, evidence, likely, impact, watch in (
            (
                "Return on capital",
                "Capacity is built ahead of paying demand",
                "Most adopters see no return yet",
                "High ●●●",
                "High ●●●",
                "Cloud revenue, utilization",
            ),
            (
                "Cash flow",
                "Spending outruns operating cash",
                "Free cash flow has fallen",
                "High ●●●",
                "Medium ●●○",
                "Quarterly capital spending",
            ),
            (
                "Competition",
                "Price war compresses margins",
                "Small share; cheap models",
                "Medium ●●○",
                "High ●●●",
                "List prices, share",
            ),
            (
                "Governance",
                "Strategy shifts with leadership",
                "A founder has returned",
                "Low ●○○",
                "Medium ●●○",
                "Board and unit changes",
            ),
        )
    )
    table = Table(
        columns=(
            Column(label="Risk", kind="text", share=1.5),
            Column(label="What could happen", kind="text", share=2),
            Column(label="Evidence today", kind="text", share=2),
            Column(label="Likelihood", kind="text"),
            Column(label="Impact", kind="text"),
            Column(label="What to watch", kind="text", share=1.6),
        ),
        rows=rows,
    )
    drawdown = facts.make("drawdown", -0.236, Unit.FRACTION, formula="lowest close / highest close before it - 1")
    exhibits = (
        Exhibit(
            key="risks",
            title=say("Four risks, ranked by what they could do to the thesis"),
            subtitle=("Likelihood and impact are judgements on a three-step scale",),
            width="full",
            as_of=DAY,
            table=table,
            sources=(SOURCES[1], SOURCES[6]),
        ),
        chart(
            "cash",
            say("Revenue holds; free cash flow pays for it"),
            "Fiscal years to 31 March, US$ bn",
            width="half",
            svg=bar_svg(85, 52, (15.6, 24.9, 21.7, 6.5), ("FY2022", "FY2023", "FY2024", "FY2025")),
            alt=say("Bars of free cash flow, falling."),
            sources=(SOURCES[0],),
        ),
    )
    callouts = (
        Callout(
            title="What would change this view",
            paragraphs=(
                Paragraph(
                    lead="Upward:", sentences=(say("two quarters of faster cloud growth with stable free cash flow."),)
                ),
                Paragraph(
                    lead="Downward:",
                    sentences=(
                        say(
                            "a higher multiple without earnings upgrades, a cut to the plan, or new limits on chip supply."
                        ),
                    ),
                ),
            ),
        ),
        Callout(
            kind="check",
            title="What the fall of the past year was",
            paragraphs=(sentences(say("The deepest fall of the past year was {x}, from March to April.", x=drawdown)),),
        ),
    )
    return Section(
        key="risks",
        title="Risks",
        lede=say("The spending is certain and the return is not; cash flow shows the strain first."),
        prose=(
            sentences(
                say("The rapid rise of spending has raised concern about a bubble."),
                say("The risks are twofold: pressure on cash in the short run, and competition in the long run."),
                say("The deepest fall of the past year was {x}.", x=drawdown),
            ),
        ),
        exhibits=exhibits,
        callouts=callouts,
    )


def _implications(facts: Facts) -> Section:
    value = facts.make("bull", 205.0, Unit.PER_ADS, currency="USD", formula="EPS x multiple")
    prose = (
        sentences(
            say("For a holder, the case rests on growth that the price already assumes."),
            say(
                "In the upper scenario the shares are worth {x}; it needs both faster earnings and today’s multiple.",
                x=value,
            ),
        ),
        sentences(
            say(
                "For a newcomer, the larger rivals offer the same exposure with more cash behind it and less to prove."
            ),
            say(
                "A position in both halves the dependence on one plan, at the price of a lower return should the plan succeed."
            ),
        ),
        sentences(say("For a holder of the bonds, little changes: net cash covers the plan’s first two years.")),
    )
    exhibit = chart(
        "scenarios",
        say("Three scenarios, one of them above today’s price by much"),
        "Value per ADS, US$",
        width="half",
        svg=bar_svg(85, 50, (97, 159, 205), ("Bear", "Base", "Bull")),
        alt=say("Bars of three scenarios up to {x}.", x=value),
        sources=(SOURCES[4],),
    )
    return Section(
        key="implications",
        title="Implications for investors",
        lede=say("The price leaves room for one scenario in three."),
        prose=prose,
        exhibits=(exhibit,),
    )


def _conclusion() -> Section:
    return Section(
        key="conclusion", title="Conclusion", unavailable="fewer than three sections above hold facts to conclude from"
    )


def _notes(facts: Facts) -> Section:
    ratio = facts.make("ads_ratio", 8, Unit.COUNT, source=1)
    return Section(
        key="notes",
        title="Data notes",
        prose=(
            sentences(
                say("One ADS stands for {x} ordinary shares.", x=ratio),
                say("Statements are in RMB and are converted at the rate of the period’s end; prices are in US$."),
            ),
            sentences(
                say(
                    "The price/earnings ratio is the price of one ADS divided by diluted earnings per ADS of the last four quarters."
                ),
                say("Two vendors print lower ratios, because they divide a dollar price by yuan earnings."),
            ),
            sentences(say("Cloud growth of an earlier quarter has been superseded and is not used.")),
        ),
    )


def _findings(facts: Facts) -> tuple[Finding, ...]:
    growth = next(fact for key, fact in facts.known.items() if "cloud_growth_q" in key)
    return (
        Finding(
            check="newest",
            level="warn",
            message=say("An article of this week prints 13% where {x} had been published.", x=growth),
            advice="Use the newer figure.",
        ),
        Finding(
            check="stale",
            level="note",
            message=say("Market shares are 61 days old."),
            advice="The next issue of the source is due in November.",
        ),
    )
