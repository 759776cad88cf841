"""Preview: the messages as they would be sent, as files, and a page to look at them."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from html import escape

from generator.delivery.message import Message

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Mail that would be sent</title>
<style>body {{ font: 15px/1.5 system-ui, sans-serif; margin: 24px; max-width: 1100px }}
table {{ border-collapse: collapse; width: 100% }} th, td {{ text-align: left; padding: 4px 12px 4px 0;
border-bottom: 1px solid #ddd; vertical-align: top; overflow-wrap: anywhere }}
iframe {{ width: 100%; height: 640px; border: 1px solid #ccc; margin: 8px 0 24px }}
pre {{ white-space: pre-wrap; background: #f6f6f6; padding: 12px }}</style></head><body>
<h1>{count} that would be sent</h1>
<table><tr><th>to</th><th>subject</th><th>files</th><th>bytes</th><th>message</th></tr>
{rows}</table>
{letters}
</body></html>
"""
UNSAFE = re.compile(r"[^A-Za-z0-9@._+-]+")


@dataclass(frozen=True, slots=True)
class Shown:
    """A message and the name of its file."""

    name: str
    message: Message
    parsed: EmailMessage


def preview_files(messages: Sequence[tuple[str, Message]]) -> dict[str, bytes]:
    """Return the files of a preview by their names: an .eml for each message, and index.html; `str` is the issue."""
    shown = [Shown(_name(issue, message), message, _parsed(message)) for issue, message in messages]
    rows = "".join(_row(each) for each in shown)
    letters = {str(each.parsed["Subject"]): each for each in shown}
    count = f"{len(shown)} message{'' if len(shown) == 1 else 's'}"
    page = PAGE.format(count=count, rows=rows, letters="".join(_letter(each) for each in letters.values()))
    return {each.name: each.message.raw for each in shown} | {"index.html": page.encode()}


def _parsed(message: Message) -> EmailMessage:
    return BytesParser(policy=SMTP).parsebytes(message.raw)


def _name(issue: str, message: Message) -> str:
    return f"{UNSAFE.sub('-', issue)}--{UNSAFE.sub('-', message.recipient)}"[:180] + ".eml"


def _row(shown: Shown) -> str:
    files = ", ".join(part.get_filename() or "" for part in shown.parsed.iter_attachments()) or "linked"
    cells = (str(shown.parsed["To"]), str(shown.parsed["Subject"]), files, f"{len(shown.message.raw):,}")
    row = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr>{row}<td><a href="{escape(shown.name)}">{escape(shown.name)}</a></td></tr>\n'


def _letter(shown: Shown) -> str:
    page, text = shown.parsed.get_body(("html",)), shown.parsed.get_body(("plain",))
    html = page.get_content() if page else ""
    for part in shown.parsed.walk():
        if part.get_content_maintype() == "image":
            data = base64.b64encode(part.get_content()).decode()
            html = html.replace(f"cid:{str(part['Content-ID']).strip('<>')}", f"data:image/png;base64,{data}")
    plain = text.get_content() if text else ""
    return (
        f"<h2>{escape(str(shown.parsed['Subject']))}</h2>\n"
        f'<iframe sandbox title="The letter" srcdoc="{escape(html)}"></iframe>\n<pre>{escape(plain)}</pre>\n'
    )
