"""Every error a user can cause. Each class writes its own sentence: where, what, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches


class BriefError(Exception):
    """The root of all errors a user can mend; the command line prints it without a traceback."""


class NotMeaningfulError(BriefError):
    """A figure that could be computed but would mislead, such as growth across a sign change.

    It never reaches a user as an error: `measure` turns it into a fact that prints "n/m" and the reason.
    """


class Problem:
    """One thing wrong at one place in a user's file."""

    __slots__ = ("advice", "what", "where")

    def __init__(self, where: str, what: str, advice: str) -> None:
        self.where = where
        self.what = what
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.advice}" if self.advice else f"{self.where}: {self.what}"


class InputError(BriefError):
    """One or more problems in the user's files, all of them told at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def at(cls, where: str, what: str, advice: str = "") -> InputError:
        """Return the error for a single problem."""
        return cls([Problem(where, what, advice)])


class UnknownNameError(InputError):
    """A name that is not in a table, answered with the nearest and the known ones."""

    def __init__(self, where: str, kind: str, name: str, known: Sequence[str]) -> None:
        near = get_close_matches(name, known, n=1, cutoff=0.6)
        hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known) or 'none'}"
        super().__init__([Problem(where, f"{name!r} is not a known {kind}", hint)])


class NoDataError(BriefError):
    """A source holds nothing that a brief could stand on (no price, no such company)."""


class SourceFailedError(BriefError):
    """A source did not answer, or not with data, so that nobody knows what it holds; nothing stands in for it."""

    def __init__(self, source: str, what: str, why: str, *, advice: str = "") -> None:
        """`what` was asked for; `why` completes the source's name: "answered 429 (too many requests)"."""
        self.source, self.what, self.why = source, what, why
        advice = advice or "try again later, or build the brief from a stored snapshot"
        super().__init__(f"{what}: {source} {why}; {advice}")


class StaleError(BriefError):
    """What is stored is too old for a brief to stand on, and nothing newer can be had."""


class StoreError(BriefError):
    """The store cannot be reached, is damaged, or was written by a newer version."""

    def __init__(self, where: str, what: str, advice: str) -> None:
        super().__init__(f"{where}: {what}; {advice}")


class ApprovalError(BriefError):
    """An issue of a brief is not in a state for what was asked of it."""

    def __init__(self, key: str, what: str, advice: str) -> None:
        self.key = key
        super().__init__(f"{key} {what}; {advice}")


class InstrumentError(BriefError):
    """An instrument that no brief can be made for, such as an index; `reason` says why."""

    def __init__(self, ticker: str, reason: str) -> None:
        self.ticker, self.reason = ticker, reason
        super().__init__(f"{ticker}: {reason}")


class LayoutError(BriefError):
    """The page could not be printed as designed: a warning of the renderer, a missing glyph, a dead link."""


class TemplateError(BriefError):
    """A template failed; the sentence names the template's file and line."""


class OutputError(BriefError):
    """The finished file could not be written where it was asked for."""


class BusyError(BriefError):
    """Another run does the same already; it is not a mistake, and there is nothing to do."""

    def __init__(self, what: str) -> None:
        super().__init__(f"another `brief {what}` is at work on this store; nothing was done")


class NotABriefError(BriefError):
    """A file that is no finished brief, so that nothing can be proven of it."""

    def __init__(self, name: str, why: str) -> None:
        self.name, self.why = name, why
        super().__init__(f"{name}: {why}; give the PDF of a brief that `brief build` made")


class DeliveryError(BriefError):
    """A delivery is not in a state for what was asked of it."""

    def __init__(self, which: str, what: str, advice: str) -> None:
        super().__init__(f"{which} {what}; {advice}")
