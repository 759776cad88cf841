"""SEC EDGAR: statements as filed, each figure with the day it was filed on; restated ones kept beside the first."""

from generator.sources.edgar.source import EdgarSource

__all__ = ["EdgarSource"]
