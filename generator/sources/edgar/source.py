"""EdgarSource: what a company has filed with the SEC, or why that is not known."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Lock

from generator.errors import InputError, NoDataError, SourceFailedError
from generator.language import day_in_words
from generator.model.answer import Record, forget
from generator.model.pacing import Shared
from generator.model.snapshot import Snapshot
from generator.sources.edgar import answers
from generator.sources.edgar.answers import Figures, Filed
from generator.sources.edgar.door import POLITE, Door
from generator.sources.edgar.statements import Statements
from generator.sources.edgar.stating import PUBLISHER, Stating
from generator.sources.outcome import AskFailedError, NotThereError
from generator.sources.pace import Pace, Patience
from generator.sources.splits import Splits

TICKERS = "https://www.sec.gov/files/company_tickers.json"
DATA = "https://data.sec.gov"


class EdgarSource:
    """Asks the SEC. Two requests a company, and one for the list of tickers, at a pace that all processes share."""

    def __init__(
        self,
        folder: Path,
        *,
        contact: str,
        splits: Splits | None = None,
        pace: Pace = POLITE,
        patience: Patience | None = None,
        record: Record = forget,
        shared: Shared | None = None,
    ) -> None:
        """`contact` is the User-Agent the SEC asks for: "Name of the desk desk@example.com".

        `folder` keeps the pace of this machine, if it is not `shared` with others; `splits` are those known from
        elsewhere; `record` is given every answer.

        Raises:
            InputError: the contact has no address.
        """
        if "@" not in contact:
            raise InputError.at("edgar.contact", "the SEC wants to know who asks", "write a name and an e-mail address")
        self._door = Door(
            folder, contact=contact, pace=pace, patience=patience or Patience(), record=record, shared=shared
        )
        self._splits = splits or {}
        self._numbers: dict[str, int] | None = None
        self._lock = Lock()

    def collect(self, ticker: str, until: date) -> Snapshot:
        """Return what had been filed about a ticker by `until`: statements, counts and the ADS ratio; no prices.

        Raises:
            NoDataError: the SEC lists no such ticker, or has no figures of it.
            SourceFailedError: the SEC could not be asked.
        """
        with self._door.collection():
            number = self._number(ticker)
            figures = self._figures(ticker, number, until)
            notes = self._late(ticker, number, until, figures.filed)
        statements = Statements(
            filed=figures.filed,
            stating=Stating(ticker=ticker, number=number),
            until=until,
            told=self._splits.get(ticker, ()),
        )
        facts = statements.facts()
        nothing = () if facts else (f"{PUBLISHER} has no statements of {ticker} by {day_in_words(until)}",)
        blank = (f"{figures.blank} figures of {ticker} at {PUBLISHER} have no number, and are left out",)
        notes = (*notes, *(blank if figures.blank else ()))
        return Snapshot(ticker=ticker, until=until, facts=facts, notes=(*notes, *statements.notes, *nothing))

    def _number(self, ticker: str) -> int:
        with self._lock:
            if self._numbers is None:
                try:
                    self._numbers = self._door.ask(TICKERS, answers.read_numbers)
                except (AskFailedError, NotThereError) as error:
                    why = error.why if isinstance(error, AskFailedError) else "answered 404"
                    raise SourceFailedError(PUBLISHER, "the list of tickers", why) from error
        number = self._numbers.get(ticker.upper()) or self._numbers.get(ticker.upper().replace(".", "-"))
        if number is None:
            raise NoDataError(f"{PUBLISHER} lists no company under {ticker}")
        return number

    def _figures(self, ticker: str, number: int, until: date) -> Figures:
        url = f"{DATA}/api/xbrl/companyfacts/CIK{number:010d}.json"
        try:
            return self._door.ask(url, lambda body: answers.read_figures(body, number, until))
        except NotThereError:
            raise NoDataError(f"{PUBLISHER} has no figures of {ticker} (filer {number})") from None
        except AskFailedError as error:
            raise SourceFailedError(PUBLISHER, f"company facts of {ticker}", error.why) from error

    def _late(self, ticker: str, number: int, until: date, filed: tuple[Filed, ...]) -> tuple[str, ...]:
        """Return a note on a report that was filed by the day and whose figures are not there yet, if there is one."""
        url = f"{DATA}/submissions/CIK{number:010d}.json"
        try:
            reports = self._door.ask(url, lambda body: answers.read_reports(body, number))
        except NotThereError:
            return (f"{PUBLISHER} has no list of filings of {ticker}",)
        except AskFailedError as error:
            return (f"the list of filings of {ticker} is missing: {PUBLISHER} {error.why}",)
        newest = max((each for each in reports if each.on <= until), key=lambda each: each.end, default=None)
        known = max((each.end for each in filed if each.form.removesuffix("/A") in answers.PERIODIC), default=None)
        if newest is None or (known is not None and known >= newest.end):
            return ()
        when, end = day_in_words(newest.on), day_in_words(newest.end)
        return (f"the figures of {ticker}'s form {newest.form} of {when}, for the period to {end}, are not there yet",)
