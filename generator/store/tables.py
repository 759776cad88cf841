"""Tables: every module that puts tables on the shared METADATA, so that all of them are known together."""

from __future__ import annotations

from generator.store import delivery_tables, issue_tables, paces, snapshots
from generator.store.schema import METADATA

MODULES = (snapshots, delivery_tables, issue_tables, paces)
TABLES = METADATA
"""The shared METADATA, once every module has been read."""
