"""Authorship: what a brief says of who wrote and who read it, at the byline, the summary, the foot and the back.

Where a named person has read this very brief and answers for it, the marks at the front give way to the name; the back
and the file's metadata tell who wrote it all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from generator.language import day_in_words, msgid, phrase, translated
from generator.model.authorship import Writing
from generator.model.brief import Brief

Place = Literal["byline", "summary", "foot", "heading", "back", "reviewer"]

WRITTEN: Mapping[Writing, Mapping[Place, str]] = MappingProxyType(
    {
        "rules": {
            "byline": msgid("Machine-generated"),
            "summary": msgid("Machine-generated summary"),
            "foot": msgid("Machine-generated from dated, sourced figures; not investment advice."),
            "heading": msgid("Machine-generated content"),
            "back": msgid(
                "A program composed text and exhibits from the sources above, by fixed rules; no language model wrote "
                "any of it. Every figure is stated by a source or computed from stated figures."
            ),
        },
        "mixed": {
            "byline": msgid("Written in part by AI"),
            "summary": msgid("AI-assisted summary"),
            "foot": msgid("Written in part by AI, from dated, sourced figures; not investment advice."),
            "heading": msgid("AI-generated content"),
            "back": msgid(
                "A language model wrote part of the text; a program composed the rest and the exhibits from the "
                "sources above, by fixed rules. Every figure is stated by a source or computed from stated figures."
            ),
        },
        "model": {
            "byline": msgid("AI-generated"),
            "summary": msgid("AI-generated summary"),
            "foot": msgid("AI-generated from dated, sourced figures; not investment advice."),
            "heading": msgid("AI-generated content"),
            "back": msgid(
                "A language model wrote the text; a program made the exhibits from the sources above. Every figure is "
                "stated by a source or computed from stated figures."
            ),
        },
    }
)
READ: Mapping[Place, str] = MappingProxyType(
    {
        "byline": msgid("Reviewed by {reviewer}, {day}"),
        "summary": "",
        "foot": msgid("From dated, sourced figures; not investment advice."),
        "back": msgid("{written} {reviewer} read this brief on {day} and takes editorial responsibility for it."),
        "reviewer": msgid("{reviewer}, {day}."),
    }
)
NOT_READ = msgid("{reviewer}. That this brief was reviewed is not confirmed.")


def authorship(brief: Brief, place: Place) -> str:
    """Return what a brief says at a place about who wrote it, and about who read it if somebody did."""
    written = translated(WRITTEN[brief.writing].get(place, ""))
    reviewer = brief.disclosures.get("reviewer", "").rstrip(".")
    if brief.reviewed_on is not None:
        day = day_in_words(brief.reviewed_on)
        return phrase(READ[place], written=written, reviewer=reviewer, day=day) if place in READ else written
    if place == "reviewer" and reviewer and "reviewed_on" in brief.disclosures:
        return phrase(NOT_READ, reviewer=reviewer)
    return written or reviewer
