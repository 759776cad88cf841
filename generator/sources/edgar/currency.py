"""Currency: in which one a company keeps its books, told by the figures of its newest filings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from generator.sources.edgar.answers import Filed

NEWEST = timedelta(days=400)
"""A year and the delay of its report: the filings that tell which currency is kept now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """The currency of the statements; `translated` are the currencies of figures that are translations of them."""

    currency: str
    translated: tuple[str, ...] = ()
    note: str = ""


def books_of(filed: Sequence[Filed], ticker: str) -> Books | None:
    """Return the currency in which most figures of the newest filings stand; None where there is no amount.

    Why not by a flag: there is none. A filing in yuan translates its newest year into dollars for convenience, so the
    currency of the books is the one in which there is more, and a translation is never mixed with them.
    """
    amounts = [each for each in filed if each.currency]
    if not amounts:
        return None
    last = max(each.on for each in amounts)
    counts = Counter(each.currency for each in amounts if each.on >= last - NEWEST)
    (currency, most), *others = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    translated = tuple(code for code, _ in others)
    if not translated:
        return Books(currency=currency)
    rest = " and ".join(f"{count} in {code}" for code, count in others)
    note = (
        f"the statements of {ticker} are filed in {currency} ({most} figures in the newest filings); "
        f"{rest}, which translate them, are left out"
    )
    return Books(currency=currency, translated=translated, note=note)
