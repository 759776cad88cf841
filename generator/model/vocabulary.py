"""Vocabulary: words that need figures behind them, and words that no brief may use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, kw_only=True)
class Word:
    """One row of a vocabulary: the words, what must hold for them, and what to write where it does not.

    `words` are stems of regular expressions, matched as whole words without regard to case. `rule` names the rule
    that must hold for the facts near the word ("rise", "cheap", ...); "never" is a word without any that would do.
    `bound` is the rule's threshold. `unless` is a phrase around the word in which it means something else.
    """

    name: str
    words: tuple[str, ...]
    rule: str
    needs: str
    bound: float = 0.0
    unless: tuple[str, ...] = ()
    advice: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds the words in a text."""
        return re.compile(rf"(?<![\w-])(?:{'|'.join(self.words)})(?!\w)", re.IGNORECASE)

    @cached_property
    def harmless(self) -> re.Pattern[str] | None:
        """What finds the phrases in which the word needs nothing."""
        return re.compile("|".join(self.unless), re.IGNORECASE) if self.unless else None
