"""Yahoo Finance, the only home of yfinance: prices, profile, statements and consensus, dated and in their currency."""

from generator.sources.pace import Pace, Patience
from generator.sources.yahoo.source import YahooSource

__all__ = ["Pace", "Patience", "YahooSource"]
