"""The project: which folders there are, and which sources answer. Sources are named here and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import InputError

if TYPE_CHECKING:
    from generator.definitions import Settings
    from generator.model.report import Report
    from generator.sources.desk import Collect, Desk
    from generator.sources.fetched import Fetched
    from generator.sources.kpis import KpiSource
    from generator.sources.seeds import SeedSource
    from generator.store import Store

PACKAGE = Path(__file__).parents[1]
STORE = "BRIEF_STORE"
"""The variable that names another store than the settings do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The sources of this project: its files, those that are asked live (none offline), and all of them as one."""

    seeds: SeedSource
    kpis: KpiSource
    desk: Desk
    live: Mapping[str, Fetched]

    @property
    def all(self) -> tuple[Desk]:
        """Return them as the pipeline takes them."""
        return (self.desk,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """The folders of one project. `offline` asks no provider, whatever the settings say: what was kept is read."""

    root: Path
    offline: bool = False

    @property
    def reports(self) -> Path:
        """The report files and what the desk keeps beside them."""
        return self.root / "reports"

    @property
    def seeds(self) -> Path:
        """Companies, prices and facts for work without a network."""
        return self.root / "seeds"

    @property
    def output(self) -> Path:
        """The finished briefs, a folder a week."""
        return self.root / "output"

    @property
    def templates(self) -> tuple[Path, ...]:
        """The template folders in the order in which they are searched: the project's own, then those shipped."""
        shipped = next(path for path in (PACKAGE / "templates", PACKAGE.parent / "templates") if path.is_dir())
        own = self.root / "templates"
        return (own, shipped) if own.is_dir() and own.resolve() != shipped.resolve() else (shipped,)

    @property
    def settings(self) -> Settings:
        """What reports/settings.toml says."""
        from generator.definitions import read_settings

        return read_settings(self.reports)

    @property
    def store_url(self) -> str:
        """The store's file or server: as the environment says, else the settings, else beside the briefs."""
        url = os.environ.get(STORE) or self.settings.store.url or str(self.output / "store" / "store.sqlite3")
        return url if ":" in url or Path(url).is_absolute() else str(self.root / url)

    def store(self) -> Store:
        """Return the store, made where there is none yet.

        Raises:
            StoreError: it cannot be reached, or was written by a newer version.
        """
        from generator.store import open_store
        from generator.store.engine import file_of

        file = file_of(self.store_url)
        beside = (file.parent if file else self.output / "store") / "objects"
        objects = self.settings.store.objects or str(beside)
        return open_store(self.store_url, objects if "://" in objects else str(self.root / objects))

    @property
    def has_store(self) -> bool:
        """Whether something may have been stored: a server is named, or there is a file."""
        url = self.store_url
        return "://" in url or Path(url).is_file()

    def has_stored(self, ticker: str) -> bool:
        """Tell whether something was ever stored of a ticker."""
        if not self.has_store:
            return False
        from generator.store.snapshots import kept_snapshots

        with self.store() as store:
            return bool(kept_snapshots(store, ticker))

    def sources(self, reports: tuple[Report, ...] = (), *, today: date, live: bool = False) -> Sources:
        """Return the sources; `reports` say where KPI files stand that are not in the usual place.

        `live` asks the providers, and keeps what they say; else what was kept is read, if there is any.
        """
        from generator.cli.live import fetched
        from generator.sources.desk import Desk
        from generator.sources.kpis import KpiSource
        from generator.sources.seeds import SeedSource

        seeds = SeedSource(self.seeds, today=today)
        files = {report.ticker: report.kpis for report in reports if report.kpis is not None}
        splits = seeds.splits if seeds.there else {}
        kpis = KpiSource(self.reports, files=files, splits=splits, today=today)
        order = self.settings.sources
        live = (live or order.live) and not self.offline
        asked = fetched(self, live=live, today=today, splits=splits)
        named: dict[str, Collect] = {"kpis": kpis, **asked}
        if seeds.there or not asked:
            named["seeds"] = seeds
        desk = Desk(sources=named, order=order.order, kinds={str(kind): each for kind, each in order.kinds.items()})
        return Sources(seeds=seeds, kpis=kpis, desk=desk, live=asked if live else {})


def project_at(root: Path) -> Project:
    """Return the project of a folder.

    Raises:
        InputError: there is no such folder.
    """
    if not root.is_dir():
        raise InputError.at("--project", f'there is no folder "{root}"')
    return Project(root=root)
