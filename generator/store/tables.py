"""Tables: every module that puts tables on the shared METADATA, so that all of them are known together."""

from __future__ import annotations

from generator.store import delivery_tables, issue_tables, snapshots

MODULES = (snapshots, delivery_tables, issue_tables)
