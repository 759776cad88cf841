"""The sections of a brief, one file each: build(ledger, setting) -> Section."""
