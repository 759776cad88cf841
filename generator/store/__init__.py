"""Store: raw answers, snapshots, and what was made and sent of them. The only home of SQLAlchemy.

SQL for what is looked up, files named by their hash for everything large. Each concern is one module: its tables on the
shared `METADATA`, the functions that write and read them, and one migration in `migrations/versions/`. How to add one
stands in README.md beside this file.
"""

from generator.store.objects import Objects, objects_at
from generator.store.schema import METADATA, Moment
from generator.store.store import Store, open_store

__all__ = ["METADATA", "Moment", "Objects", "Store", "objects_at", "open_store"]
