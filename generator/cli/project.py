"""The project: which folders there are, and which sources answer. Sources are named here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import InputError

if TYPE_CHECKING:
    from generator.model.report import Report
    from generator.sources.kpis import KpiSource
    from generator.sources.seeds import SeedSource

PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The sources of this project, in the order in which they are asked."""

    seeds: SeedSource
    kpis: KpiSource

    @property
    def all(self) -> tuple[SeedSource, KpiSource]:
        """Return them as the pipeline takes them."""
        return (self.seeds, self.kpis)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """The folders of one project."""

    root: Path

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

    def sources(self, reports: tuple[Report, ...] = (), *, today: date) -> Sources:
        """Return the sources; `reports` say where KPI files stand that are not in the usual place."""
        from generator.sources.kpis import KpiSource
        from generator.sources.seeds import SeedSource

        seeds = SeedSource(self.seeds, today=today)
        files = {report.ticker: report.kpis for report in reports if report.kpis is not None}
        splits = seeds.splits if seeds.there else {}
        return Sources(seeds=seeds, kpis=KpiSource(self.reports, files=files, splits=splits, today=today))


def project_at(root: Path) -> Project:
    """Return the project of a folder.

    Raises:
        InputError: there is no such folder.
    """
    if not root.is_dir():
        raise InputError.at("--project", f'there is no folder "{root}"')
    return Project(root=root)
