"""Money at the door: pence, cents and agorot become pounds, rand and shekels before anything is done with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

MINOR: dict[str, tuple[str, int]] = {
    "GBp": ("GBP", 100),
    "GBX": ("GBP", 100),
    "ZAc": ("ZAR", 100),
    "ILA": ("ILS", 100),
    "KWF": ("KWD", 1000),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coin:
    """A currency as Yahoo quotes in it: its major currency, and how many of the quoted unit make one of it."""

    quoted: str
    currency: str
    per_major: int = 1

    def major(self, amount: float) -> float:
        """Return an amount in the major currency: 309 pence are 3.09 pounds."""
        return amount / self.per_major

    @property
    def note(self) -> str:
        """What was done, in words; nothing where Yahoo quotes in the major currency."""
        if self.per_major == 1:
            return ""
        return f"quoted in {self.quoted}, {self.per_major} of which are one {self.currency}; converted"


def coin(code: str) -> Coin:
    """Return what a currency code of a quote means."""
    currency, per_major = MINOR.get(code, (code, 1))
    return Coin(quoted=code, currency=currency, per_major=per_major)


def close_to(value: float, other: float, *, factor: float) -> bool:
    """Tell whether two figures are of the same sign and of one size: neither more than `factor` times the other."""
    return value * other > 0 and 1 / factor <= value / other <= factor


def single(value: float) -> float:
    """Return the shortest decimal that is the same 32-bit number, if the value is one; else the value itself.

    Why: Yahoo prints 32-bit numbers in full, a close of 245.55 as 245.5500030517578, revenue of 395760000000 (as filed)
    as 395760009216.
    """
    narrow = np.float32(value)
    return float(str(narrow)) if float(narrow) == value else value
