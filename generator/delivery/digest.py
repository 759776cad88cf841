"""Digest: one letter with all of a week's briefs."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from html import escape
from textwrap import fill

from generator.model.delivery import Parcel
from generator.model.letter import Letter

LONGEST = 78
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title></head>
<body style="margin:0;background:#ffffff;color:#1a1a1a;font-family:Georgia,serif">
<div style="max-width:600px;margin:0 auto;padding:24px 16px">
<h1 style="font-size:20px;line-height:1.3;margin:0 0 16px">{title}</h1>
{items}
</div></body></html>
"""
ITEM = """<div style="border-top:1px solid #d0d0d0;padding:12px 0">
<p style="font-size:16px;line-height:1.4;margin:0 0 4px"><strong>{subject}</strong></p>
<p style="font-size:14px;line-height:1.5;margin:0;overflow-wrap:anywhere">{line}</p>
<p style="font-size:13px;line-height:1.5;margin:4px 0 0;color:#555555;overflow-wrap:anywhere">{files}</p></div>
"""


def digest_of(parcels: Sequence[Parcel], period: str) -> Parcel:
    """Return one parcel of several: their headlines as its letter, their files as its files.

    Its name says which issues are in it, so that the same ones are never sent twice.
    """
    named = hashlib.sha256("\n".join(parcel.key for parcel in parcels).encode()).hexdigest()[:10]
    count = len(parcels)
    title = f"{count} {'brief' if count == 1 else 'briefs'}, {period}"
    subjects = ", ".join(parcel.subject for parcel in parcels)
    line = f"{title}: {subjects}"
    items = "".join(_item(parcel) for parcel in parcels)
    letter = Letter(
        subject=line if len(line) <= LONGEST else title,
        preheader=subjects,
        html=PAGE.format(title=escape(title), items=items),
        text="\n".join((title, "", *(_text(parcel) for parcel in parcels))),
    )
    files = tuple(file for parcel in parcels for file in parcel.files)
    return Parcel(subject=f"digest-{named}", period=period, letter=letter, files=files)


def _item(parcel: Parcel) -> str:
    names = ", ".join(file.name for file in parcel.files)
    return ITEM.format(subject=escape(parcel.letter.subject), line=escape(parcel.letter.preheader), files=escape(names))


def _text(parcel: Parcel) -> str:
    names = ", ".join(file.name for file in parcel.files)
    lines = (parcel.letter.subject, parcel.letter.preheader, names)
    return "\n".join(fill(line, 76) for line in lines if line) + "\n"
