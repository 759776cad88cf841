"""What somebody answers for stands in the data notes with name and reason, and no longer blocks."""

from __future__ import annotations

from dataclasses import replace

from shipped import ROOT, ledger_of

from generator import pipeline
from generator.definitions import read_report
from generator.model.brief import Brief
from generator.model.finding import Override
from generator.sections.phrases import printed

CLAIM = Override(check="unconfirmed_claim", fact="baba-cons-seed", by="A. Analyst", reason="shown as a claim")


def composed(*overrides: Override, words: str = "", checks: dict[str, str] | None = None) -> Brief:
    """Return the brief on Alibaba with overrides and with words of the analyst on valuation."""
    report = read_report(ROOT / "reports" / "baba.toml")
    report = replace(
        report,
        overrides=overrides,
        words={"valuation": words},
        words_from={"valuation": "reports/baba.toml: words.valuation"},
        checks=checks or {},
    )
    return pipeline.compose_brief(report, ledger_of("BABA"), templates=(ROOT / "templates",))


def notes(brief: Brief) -> dict[str, list[str]]:
    """Return what the boxes of the data notes say, by their title."""
    section = next(each for each in brief.sections if each.key == "notes")
    return {
        box.title: [
            " ".join(printed(brief.wording, sentence) for sentence in paragraph.sentences)
            for paragraph in box.paragraphs
        ]
        for box in section.callouts
    }


def test_the_answer_for_a_finding_is_printed() -> None:
    """With the name and the reason, among the notes; the warning is gone."""
    said = notes(composed(CLAIM))
    assert not any("US$169" in each and "not confirmed" in each for each in said["Warnings"])
    (told,) = (each for each in said["Notes"] if "not confirmed" in each)
    assert told.endswith("Overridden by A. Analyst (it was a warning): shown as a claim.")


def test_what_the_analyst_wrote_is_told_in_the_data_notes() -> None:
    """With file and line; a level set to block stands first, and the exhibits keep their numbers."""
    brief = composed(words="Analysts say it is a buy.", checks={"vague_source": "block"})
    (told,) = notes(brief)["Blocks sending"]
    assert told == (
        "“Analysts say” names no source that could be looked up. It stands in reports/baba.toml: words.valuation, "
        "line 1. Name who published it and when."
    )
    numbers = [each.number for each in brief.exhibits]
    assert numbers == list(range(1, len(numbers) + 1))


def test_an_override_that_answers_for_nothing_is_told() -> None:
    """So that it does not lie in wait for a later finding."""
    idle = Override(check="words", place="thesis", by="A. Analyst", reason="none")
    assert any("answers for no finding" in each for each in notes(composed(idle))["Notes"])
