"""Summary: what a run came to, as a table, as JSON, and as the operator is told it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import typer

from generator.cli import screen
from generator.cli.issuing import Outcome

GRAVE = ("failed", "blocked")


def tell(outcomes: Sequence[Outcome], *, as_json: bool) -> None:
    """Print what a run came to."""
    if as_json:
        screen.print_json([asdict(outcome) for outcome in outcomes])
        return
    rows = [
        (
            each.ticker,
            each.period or "-",
            f"r{each.revision}" if each.revision else "-",
            each.state,
            each.stage or "-",
            _findings(each),
            _first_line(each),
        )
        for each in outcomes
    ]
    screen.print_table(("company", "week", "", "brief", "stage", "block/warn/note", ""), rows)
    typer.echo(counts(outcomes))


def counts(outcomes: Sequence[Outcome]) -> str:
    """Return the summary's line: "6 reports: 4 made, 1 blocked, 1 failed"."""
    states = Counter(outcome.state for outcome in outcomes)
    told = ", ".join(f"{number} {state}" for state, number in states.items())
    return f"{len(outcomes)} report{'' if len(outcomes) == 1 else 's'}: {told or 'nothing to do'}"


def operator_subject(outcomes: Sequence[Outcome]) -> str:
    """Return the subject of the operator's mail: what is wrong first."""
    wrong = [outcome.ticker for outcome in outcomes if outcome.state in GRAVE]
    return f"Briefs: {', '.join(wrong)} need you" if wrong else f"Briefs: {counts(outcomes)}"


def operator_text(outcomes: Sequence[Outcome], now: datetime) -> str:
    """Return the operator's mail: what needs a person, then all the rest, in plain words."""
    waiting = [each for each in outcomes if each.stage == "waiting for approval"]
    parts = [
        f"The run of {now:%Y-%m-%d %H:%M} UTC: {counts(outcomes)}.",
        _part("Failed; nobody received anything", [each for each in outcomes if each.state == "failed"]),
        _part(
            "Blocked by a finding; nobody received the new brief",
            [each for each in outcomes if each.state == "blocked"],
        ),
        _part("Waiting for approval", waiting),
        _part("The others", [each for each in outcomes if each.state not in GRAVE and each not in waiting]),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def news_of(text: str) -> str:
    """Return an operator's mail without its first line, which tells the time."""
    return text.partition("\n")[2]


def _part(title: str, outcomes: Sequence[Outcome]) -> str:
    lines = [f"- {each.ticker} {each.period}: {_sentence(each)}" for each in outcomes]
    return "\n".join((f"{title}:", *lines)) if lines else ""


def _sentence(outcome: Outcome) -> str:
    command = f"; approve it with: brief approve {outcome.ticker} --by NAME" if "waiting" in outcome.stage else ""
    stage = f", {outcome.stage}" if outcome.stage else ""
    return f"{outcome.state}{stage}" + (f" ({_first_line(outcome)})" if outcome.words else "") + command


def _findings(outcome: Outcome) -> str:
    return "/".join(map(str, outcome.findings)) if outcome.revision else "-"


def _first_line(outcome: Outcome) -> str:
    return outcome.words.partition("\n")[0]
