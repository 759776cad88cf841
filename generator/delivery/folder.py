"""Folder: finished files put where others look for them, on this machine or elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.model.delivery import Dispatch, Parcel, Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """Puts files below the address of a dispatch: a path (below `root` if it is a relative one), or s3://bucket/folder.

    Each file is written beside its place and renamed, so that nobody finds half of one.
    """

    root: Path

    def deliver(self, parcel: Parcel, dispatch: Dispatch) -> Receipt:
        """Put the files there; those that are there already are left as they are."""
        try:
            for file in parcel.files:
                place = f"{parcel.period}/{PurePosixPath(file.name).name}"
                self._put(dispatch.address, place, file.data)
        except (OSError, ValueError, ImportError) as error:
            words = getattr(error, "strerror", None) or str(error)
            return Receipt(state="later", reply=f"{dispatch.address}: cannot be written ({words})"[:300])
        return Receipt(state="accepted", reply=", ".join(file.name for file in parcel.files))

    def _put(self, base: str, place: str, data: bytes) -> None:
        if "://" in base:
            self._put_elsewhere(base, place, data)
            return
        path = self.root / base / place
        if path.is_file() and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(data)
        part.replace(path)

    def _put_elsewhere(self, base: str, place: str, data: bytes) -> None:
        from fsspec.core import url_to_fs

        system, root = url_to_fs(base)
        path = f"{root.rstrip('/')}/{place}"
        if system.exists(path) and system.cat_file(path) == data:
            return
        system.makedirs(path.rpartition("/")[0], exist_ok=True)
        # An object store shows a file when all of it is there.
        system.pipe_file(path, data)
