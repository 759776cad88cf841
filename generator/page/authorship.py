"""Authorship: what a brief says of who wrote and who read it, at the byline, the summary, the foot and the back.

Where a named person has read this very brief and answers for it, the marks at the front give way to the name; the back
and the file's metadata tell who wrote it all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from generator.language import day_in_words
from generator.model.authorship import Writing
from generator.model.brief import Brief

Place = Literal["byline", "summary", "foot", "heading", "back", "reviewer"]

FIGURES = "Every figure is stated by a source or computed from stated figures."
WRITTEN: Mapping[Writing, Mapping[Place, str]] = MappingProxyType(
    {
        "rules": {
            "byline": "Machine-generated",
            "summary": "Machine-generated summary",
            "foot": "Machine-generated from dated, sourced figures; not investment advice.",
            "heading": "Machine-generated content",
            "back": "A program composed text and exhibits from the sources above, by fixed rules; no language model "
            f"wrote any of it. {FIGURES}",
        },
        "mixed": {
            "byline": "Written in part by AI",
            "summary": "AI-assisted summary",
            "foot": "Written in part by AI, from dated, sourced figures; not investment advice.",
            "heading": "AI-generated content",
            "back": "A language model wrote part of the text; a program composed the rest and the exhibits from the "
            f"sources above, by fixed rules. {FIGURES}",
        },
        "model": {
            "byline": "AI-generated",
            "summary": "AI-generated summary",
            "foot": "AI-generated from dated, sourced figures; not investment advice.",
            "heading": "AI-generated content",
            "back": "A language model wrote the text; a program made the exhibits from the sources above. " + FIGURES,
        },
    }
)
READ: Mapping[Place, str] = MappingProxyType(
    {
        "byline": "Reviewed by {reviewer}, {day}",
        "summary": "",
        "foot": "From dated, sourced figures; not investment advice.",
        "back": "{written} {reviewer} read this brief on {day} and takes editorial responsibility for it.",
        "reviewer": "{reviewer}, {day}.",
    }
)
NOT_READ = "{reviewer}. That this brief was reviewed is not confirmed."


def authorship(brief: Brief, place: Place) -> str:
    """Return what a brief says at a place about who wrote it, and about who read it if somebody did."""
    written = WRITTEN[brief.writing].get(place, "")
    reviewer = brief.disclosures.get("reviewer", "").rstrip(".")
    if brief.reviewed_on is not None:
        return READ.get(place, "{written}").format(
            written=written, reviewer=reviewer, day=day_in_words(brief.reviewed_on)
        )
    if place == "reviewer" and reviewer and "reviewed_on" in brief.disclosures:
        return NOT_READ.format(reviewer=reviewer)
    return written or reviewer
