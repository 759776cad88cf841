"""Sources and disclosures: the numbered sources are printed by the template from the brief itself."""

from __future__ import annotations

from generator.language import phrase
from generator.model.brief import Section
from generator.model.ledger import Ledger
from generator.sections.setting import Setting


def build(ledger: Ledger, setting: Setting) -> Section:
    """Return the section; its template lists the brief's sources, disclosures and attachments."""
    del ledger
    return Section(key="sources", title=phrase("Sources and disclosures"), words=setting.words)
