"""Data notes: currencies and share counts, the arithmetic of every multiple, and what the checks found."""

from __future__ import annotations

import re

from generator.language import counted, day_in_words, msgid, phrase, translated
from generator.model.brief import Callout, Column, Exhibit, Paragraph, Row, Section, Table
from generator.model.fact import Fact
from generator.model.finding import Finding
from generator.model.ledger import Ledger
from generator.model.text import Text, say
from generator.sections.phrases import capital, currency_name, exhibit
from generator.sections.setting import Setting
from generator.sections.valuation_table import forward_of

RECOMPUTED = (
    "market_value", "enterprise_value", "pe_ttm", "pe_forward", "ps_ttm", "pb", "ev_sales", "ev_ebitda",
    "fcf_yield", "peg", "net_cash",
)  # fmt: skip
WAS = {"block": msgid("block"), "warn": msgid("warning"), "note": msgid("note")}
COUNTED = re.compile(r", (?:paragraph|sentence) \d+")
HEADINGS = {"block": msgid("Blocks sending"), "warn": msgid("Warnings"), "note": msgid("Notes")}


def build(ledger: Ledger, setting: Setting) -> Section:
    """Return the section: how figures were made comparable, their arithmetic, and the findings."""
    table = arithmetic(ledger)
    return Section(
        key="notes",
        title=phrase("Data notes"),
        lede=_lede(setting.findings),
        prose=(Paragraph(sentences=basis(ledger)), *_origins(ledger), *_gaps(ledger)),
        exhibits=(table,) if table else (),
        callouts=tuple(_findings(setting.findings)),
        words=setting.words,
    )


def _lede(findings: tuple[Finding, ...]) -> Text:
    blocks = sum(finding.level == "block" for finding in findings)
    warnings = sum(finding.level == "warn" for finding in findings)
    if blocks:
        return say(
            "{n} of this brief's checks forbid sending it.",
            n=capital(counted(blocks, "{count} finding", "{count} findings")),
        )
    if warnings:
        return say(
            "No check forbids sending this brief; {n} to read first.",
            n=counted(warnings, "{count} warning", "{count} warnings"),
        )
    return say("No check found anything that stands against this brief.")


def basis(ledger: Ledger) -> tuple[Text, ...]:
    """Return the sentences on prices, currencies, the rate, the ADS ratio and the share count."""
    company, price = ledger.company, ledger.latest(ledger.subject, "price")
    sentences = [
        say(
            "Prices are closes of {day} in {currency}, adjusted for splits and not for dividends.",
            day=price.period.label,
            currency=currency_name(ledger, company.price_currency),
        )
    ]
    rate = ledger.latest(ledger.subject, "exchange_rate")
    if rate.known:
        sentences.append(
            say(
                "Statements are in {statement}; they are translated at {rate} {name}, the rate of {day}.",
                statement=currency_name(ledger, company.statement_currency),
                rate=rate,
                name=rate.name,
                day=rate.period.label,
            )
        )
    count = ledger.latest(ledger.subject, "securities")
    if count.known:
        sentences.append(
            say("The count is {count} {unit} ({note}).", count=count, unit=company.securities, note=count.note)
        )
    if company.ads_ratio:
        sentences.append(say("One ADS stands for {ratio} ordinary shares.", ratio=f"{company.ads_ratio:g}"))
    sentences.append(
        say("Figures are as published by {day}; what came later is not used.", day=day_in_words(ledger.until))
    )
    return tuple(sentences)


def _origins(ledger: Ledger) -> tuple[Paragraph, ...]:
    """Return a paragraph on which sources answered; none where only files of the project were read."""
    if not ledger.origins:
        return ()
    return (
        Paragraph(lead=phrase("Sources asked."), sentences=tuple(say("{it}.", it=each) for each in ledger.origins)),
    )


def _gaps(ledger: Ledger) -> tuple[Paragraph, ...]:
    """Return a paragraph on figures of the subject that could not be shown, and why."""
    lacking = [fact for key in RECOMPUTED if not (fact := _recomputed(ledger, key)).known]
    bare = (fact for fact in lacking if fact.reason)
    reasons = dict.fromkeys(phrase("{what} ({why})", what=fact.label, why=fact.reason) for fact in bare)
    texts = [*reasons, *ledger.notes]
    if not texts:
        return ()
    return (
        Paragraph(lead=phrase("Not available."), sentences=(say("{all}.", all=capital(phrase("; ").join(texts))),)),
    )


def _recomputed(ledger: Ledger, key: str) -> Fact:
    """Return a multiple of the subject; a forward P/E on an old estimate counts as missing, as everywhere else."""
    return forward_of(ledger, ledger.subject) if key == "pe_forward" else ledger.latest(ledger.subject, key)


def arithmetic(ledger: Ledger) -> Exhibit | None:
    """Return the table that shows how each multiple of the subject was computed."""
    facts = [_recomputed(ledger, key) for key in RECOMPUTED]
    rows = tuple(_row(fact) for fact in facts if fact.known and fact.arithmetic)
    if not rows:
        return None
    columns = (
        Column(label=phrase("Figure"), kind="text", share=19),
        Column(label=phrase("Formula"), kind="text", share=53),
        Column(label=phrase("Arithmetic"), kind="text", share=36),
        Column(label=phrase("Result"), share=12),
    )
    return exhibit(
        "arithmetic",
        say("Every multiple is computed from its parts"),
        say("{who}, as of {day}", who=ledger.company.listing, day=ledger.latest(ledger.subject, "price").period.label),
        table=Table(columns=columns, rows=rows),
        width="full",
    )


def _row(fact: Fact) -> Row:
    head = say("{label}", label=fact.label[:1].upper() + fact.label[1:])
    return Row(
        head=head,
        cells=(
            say("{formula}", formula=translated(fact.formula)),
            say("{sum}", sum=fact.arithmetic),
            say("{value}", value=fact),
        ),
    )


def _findings(findings: tuple[Finding, ...]) -> list[Callout]:
    """Return one box a level with its findings."""
    boxes = []
    for level, title in HEADINGS.items():
        said = tuple(Paragraph(sentences=_sentences(each)) for each in findings if each.level == level)
        if said:
            boxes.append(
                Callout(title=translated(title), paragraphs=said, kind="judgement" if level == "block" else "check")
            )
    return boxes


def _sentences(finding: Finding) -> tuple[Text, ...]:
    """Return a finding as sentences: what, where in the brief, what to do, and who answers for it."""
    advice = finding.advice[:1].upper() + finding.advice[1:]
    parts = [finding.message]
    if where := _where(finding.place):
        parts.append(say("It stands in {where}.", where=where))
    if finding.override is not None:
        answer = "Overridden by {by} (it was a {was}): {reason}."
        reason = finding.override.reason.rstrip(".")
        parts.append(say(answer, by=finding.override.by, was=translated(WAS[finding.was or "note"]), reason=reason))
    elif advice:
        parts.append(say("{advice}.", advice=advice))
    return tuple(parts)


def _where(place: str) -> str:
    """Return a place as a reader looks for it: the section and exhibit, without counting sentences."""
    return COUNTED.sub("", place)
