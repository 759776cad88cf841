"""Schedule and Approval: when a report wants a brief, and who must have read it before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Literal

CatchUp = Literal["none", "last", "all"]
Need = Literal["one", "two", "automatic"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a brief is due.

    Weekly, on the session of `weekday` (0 is Monday; None: the last of the week), `settle` after the exchange's close
    and not before the time of day `earliest` in `time_zone`; also between two of them, when a filing is new
    (`on_filing`) or the price has moved by the share `on_move`. `exchange` is the MIC, empty: that of the listing.
    """

    paused: bool = False
    weekday: int | None = None
    settle: timedelta = timedelta(hours=2)
    earliest: time | None = None
    time_zone: str = ""
    exchange: str = ""
    on_filing: bool = False
    on_move: float | None = None
    catch_up: CatchUp = "last"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Who must approve: one person, two, or nobody where no finding is graver than a note.

    `send_last_good` sends the last approved brief, with its date, where the new one is blocked.
    """

    need: Need = "one"
    send_last_good: bool = False

    @property
    def hands(self) -> int:
        """How many people must approve by name."""
        return 2 if self.need == "two" else 1
