"""Setting: a page with its page one fitted, to be laid out again and again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from weasyprint.document import Document

from generator.pdf.arrangement import Arrangement, Redraw
from generator.pdf.fitting import Fit
from generator.pdf.galley import Galley
from generator.pdf.press import Press


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A page on a press, with the fit of its page one."""

    html: str
    machine: Press
    fit: Fit = field(default_factory=Fit)
    redraw: Redraw | None = None

    @cached_property
    def galley(self) -> Galley:
        """The page styled as it is."""
        return self.machine.galley(self.html, classes=self.fit.classes, style=self.fit.style)

    def measure(self) -> Document:
        """Return the page laid out as it is, on endless paper."""
        return self.galley.lay_out(Arrangement(heights=self.fit.charts), self.redraw, endless=True)

    def lay_out(self, arrangement: Arrangement) -> Document:
        """Return the page laid out as arranged."""
        heights = {**self.fit.charts, **arrangement.heights}
        return self.galley.lay_out(replace(arrangement, heights=heights), self.redraw)
