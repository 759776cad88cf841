"""Exchanges: Yahoo's codes, with the name a brief prints and the market identifier (ISO 10383)."""

from __future__ import annotations

NASDAQ = ("NASDAQ", "XNAS")
OTC = ("OTC", "OTCM")

EXCHANGES: dict[str, tuple[str, str]] = {
    # North America
    "NMS": NASDAQ,
    "NGM": NASDAQ,
    "NCM": NASDAQ,
    "NAS": NASDAQ,
    "NYQ": ("NYSE", "XNYS"),
    "NYS": ("NYSE", "XNYS"),
    "PCX": ("NYSE Arca", "ARCX"),
    "ASE": ("NYSE American", "XASE"),
    "BTS": ("Cboe BZX", "BATS"),
    "PNK": OTC,
    "OQB": OTC,
    "OQX": OTC,
    "OEM": OTC,
    "TOR": ("TSX", "XTSE"),
    "VAN": ("TSX Venture", "XTSX"),
    "CNQ": ("CSE", "XCNQ"),
    "NEO": ("Cboe Canada", "NEOE"),
    "MEX": ("BMV", "XMEX"),
    # South America
    "SAO": ("B3", "BVMF"),
    "BUE": ("BYMA", "XBUE"),
    "SGO": ("Santiago", "XSGO"),
    # Europe
    "LSE": ("LSE", "XLON"),
    "IOB": ("LSE", "XLON"),
    "GER": ("Xetra", "XETR"),
    "FRA": ("Frankfurt", "XFRA"),
    "PAR": ("Euronext Paris", "XPAR"),
    "AMS": ("Euronext Amsterdam", "XAMS"),
    "BRU": ("Euronext Brussels", "XBRU"),
    "LIS": ("Euronext Lisbon", "XLIS"),
    "ISE": ("Euronext Dublin", "XDUB"),
    "OSL": ("Oslo", "XOSL"),
    "MIL": ("Euronext Milan", "XMIL"),
    "MCE": ("BME", "XMAD"),
    "EBS": ("SIX", "XSWX"),
    "VIE": ("Vienna", "XWBO"),
    "STO": ("Nasdaq Stockholm", "XSTO"),
    "CPH": ("Nasdaq Copenhagen", "XCSE"),
    "HEL": ("Nasdaq Helsinki", "XHEL"),
    "ICE": ("Nasdaq Iceland", "XICE"),
    "WSE": ("Warsaw", "XWAR"),
    "PRA": ("Prague", "XPRA"),
    "BUD": ("Budapest", "XBUD"),
    "ATH": ("Athens", "ASEX"),
    "IST": ("Borsa Istanbul", "XIST"),
    # Middle East and Africa
    "TLV": ("TASE", "XTAE"),
    "SAU": ("Tadawul", "XSAU"),
    "DOH": ("Qatar", "DSMD"),
    "KUW": ("Boursa Kuwait", "XKUW"),
    "CAI": ("Egypt", "XCAI"),
    "JNB": ("JSE", "XJSE"),
    # Asia and the Pacific
    "JPX": ("TSE", "XTKS"),
    "OSA": ("TSE", "XTKS"),
    "HKG": ("HKEX", "XHKG"),
    "SHH": ("SSE", "XSHG"),
    "SHZ": ("SZSE", "XSHE"),
    "KSC": ("KRX", "XKRX"),
    "KOE": ("KOSDAQ", "XKOS"),
    "TAI": ("TWSE", "XTAI"),
    "TWO": ("TPEx", "ROCO"),
    "NSI": ("NSE", "XNSE"),
    "BSE": ("BSE", "XBOM"),
    "SES": ("SGX", "XSES"),
    "KLS": ("Bursa Malaysia", "XKLS"),
    "JKT": ("IDX", "XIDX"),
    "SET": ("SET", "XBKK"),
    "ASX": ("ASX", "XASX"),
    "NZE": ("NZX", "XNZE"),
}

INSTRUMENTS: dict[str, str] = {
    "EQUITY": "equity",
    "ETF": "etf",
    "INDEX": "index",
    "MUTUALFUND": "fund",
    "CRYPTOCURRENCY": "crypto",
    "CURRENCY": "currency",
    "FUTURE": "future",
}
"""Yahoo's `quoteType` and what a `Company` calls it; anything else is "other"."""


def exchange_of(code: str, name: str) -> tuple[str, str]:
    """Return an exchange's printed name and market identifier; an unknown one keeps Yahoo's name and has none."""
    return EXCHANGES.get(code, (name or code, ""))
