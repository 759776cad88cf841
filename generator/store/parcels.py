"""Parcels: letters and files as they were made ready to be sent; never changed once they are kept."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from generator.errors import DeliveryError, StoreError
from generator.model.delivery import File, Parcel
from generator.model.letter import Letter, Picture
from generator.store.delivery_tables import PARCEL, PARCEL_FILE
from generator.store.store import Store


def keep_parcel(store: Store, parcel: Parcel, at: datetime) -> int:
    """Keep a parcel and return its number; the same one is kept once.

    Raises:
        DeliveryError: another one was kept under this key.
    """
    letter = keep_letter(store, parcel.letter)
    files = [(file.name, store.objects.put(file.data), file.link) for file in parcel.files]
    with store.writing() as connection:
        known = connection.execute(select(PARCEL.c.id).where(PARCEL.c.key == parcel.key)).scalar()
        if known is not None:
            _see_same(connection, int(known), parcel.key, [letter, *(sha for _, sha, _ in files)])
            return int(known)
        row = {"key": parcel.key, "subject": parcel.subject, "period": parcel.period, "revision": parcel.revision}
        made = connection.execute(insert(PARCEL).values(**row, letter_sha=letter, at=at)).inserted_primary_key
        number = int(made[0]) if made else 0
        rows = [
            {"parcel_id": number, "position": position, "name": name, "sha": sha, "link": link}
            for position, (name, sha, link) in enumerate(files)
        ]
        if rows:
            connection.execute(insert(PARCEL_FILE), rows)
        return number


def read_parcel(store: Store, key: str) -> Parcel:
    """Return the parcel of a key.

    Raises:
        StoreError: it is missing or damaged.
    """
    with store.reading() as connection:
        row = connection.execute(select(PARCEL).where(PARCEL.c.key == key)).one_or_none()
        query = select(PARCEL_FILE).order_by(PARCEL_FILE.c.position)
        files = connection.execute(query.where(PARCEL_FILE.c.parcel_id == (row.id if row else 0))).all()
    if row is None:
        raise StoreError(f"{store.name}: {key}", "is not kept here", "send it anew")
    return Parcel(
        subject=row.subject,
        period=row.period,
        revision=row.revision,
        letter=read_letter(store, row.letter_sha),
        files=tuple(File(name=each.name, data=store.objects.read(each.sha), link=each.link) for each in files),
    )


def keep_letter(store: Store, letter: Letter) -> str:
    """Keep a letter with its pictures and return its key."""
    return store.objects.put(_letter_json(store, letter))


def read_letter(store: Store, key: str) -> Letter:
    """Return the letter of a key.

    Raises:
        StoreError: it is missing or damaged.
    """
    whole: dict[str, Any] = json.loads(store.objects.read(key))
    pictures = [Picture(png=store.objects.read(each.pop("sha")), **each) for each in whole.pop("pictures")]
    return Letter(**whole, pictures=tuple(pictures))


def _see_same(connection: Connection, number: int, key: str, shas: list[str]) -> None:
    letter = connection.execute(select(PARCEL.c.letter_sha).where(PARCEL.c.id == number)).scalar()
    query = select(PARCEL_FILE.c.sha).where(PARCEL_FILE.c.parcel_id == number).order_by(PARCEL_FILE.c.position)
    if [letter, *connection.execute(query).scalars()] != shas:
        what = "was made ready before with another letter or file"
        raise DeliveryError(key, what, "approve a new revision and send that")


def _letter_json(store: Store, letter: Letter) -> bytes:
    pictures = [
        {"cid": each.cid, "alt": each.alt, "width": each.width, "height": each.height}
        | {"sha": store.objects.put(each.png)}
        for each in letter.pictures
    ]
    whole = {"subject": letter.subject, "preheader": letter.preheader, "html": letter.html, "text": letter.text}
    return json.dumps(whole | {"pictures": pictures}, ensure_ascii=True, sort_keys=True).encode()
