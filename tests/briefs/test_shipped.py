"""Every shipped brief: a sound file, readable text, no hole in it."""

from __future__ import annotations

import re
import subprocess

from finished import LARGEST, MOST_TOKENS, attachments_wrong, links_astray, tokens_lost
from shipped import Built

HOLES = re.compile(r"\bNone\b|\bnan\b|\bNaN\b|\{\{|\}\}|n/a n/a|undefined|\(\)|  ,|\bTrue\b|\bFalse\b")
SHIPPED_FONTS = ("Source-Serif-4", "Source-Sans-3", "Brief-Han", "SourceSerif4", "SourceSans3", "BriefHan")


def test_no_hole_is_printed(each: Built) -> None:
    """No page shows a program's word for nothing, nor an unfilled place of a template."""
    assert HOLES.findall(each.text) == []


def test_the_file_is_sound(each: Built) -> None:
    """qpdf finds nothing to complain about."""
    done = subprocess.run(["qpdf", "--check", str(each.path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_shipped_fonts_are_used_and_all_are_embedded(each: Built) -> None:
    """Every font of the file is one of the house's, and inside the file."""
    done = subprocess.run(["pdffonts", str(each.path)], capture_output=True, text=True, check=True)
    rows = [line.split() for line in done.stdout.splitlines()[2:]]
    assert rows
    for row in rows:
        name = row[0].split("+")[-1]
        assert name.startswith(SHIPPED_FONTS), name
        assert row[-5] == "yes", row


def test_no_section_is_empty(each: Built) -> None:
    """Each section of the contents says something, or says why it cannot."""
    titles = re.findall(r"<h2[^>]*>(.*?)</h2>", each.document.html)
    assert len(titles) >= 10
    bodies = re.split(r"<h2[^>]*>.*?</h2>", each.document.html)[1:]
    for title, body in zip(titles, bodies, strict=True):
        words = re.sub(r"<[^>]+>", " ", body).split()
        assert len(words) >= 12, title


def test_every_exhibit_has_a_finding_a_source_and_an_alternative_text_with_numbers(each: Built) -> None:
    """Charts can be read without being seen, and each exhibit says where it comes from."""
    html = each.document.html
    numbers = [int(n) for n in re.findall(r"Exhibit[\s\u00a0]+(\d+)</", html)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 8
    alts = re.findall(r'<svg[^>]*role="img"[^>]*><title>([^<]*)</title>', html)
    assert alts
    assert all(re.search(r"\d", alt) for alt in alts)


def test_a_negative_multiple_is_never_printed(each: Built) -> None:
    """Losses give n/m, never a multiple below zero."""
    assert not re.search(r"[\u2212-]\d[\d.,]*×", each.text)


def test_no_figure_is_younger_than_the_brief(each: Built) -> None:
    """Nothing that was published after the day of the brief is in its ledger."""
    assert [fact.id for fact in each.ledger.facts.values() if fact.published_on > each.ledger.until] == []


def test_words_links_attachments_and_size_are_those_of_a_finished_brief(each: Built) -> None:
    """No word is lost in print, links lead to a source or a place, data are what was drawn, and it can be mailed."""
    document = each.document
    assert tokens_lost(document) <= MOST_TOKENS
    assert links_astray(document) == []
    assert attachments_wrong(document) == []
    assert len(document.pdf) < LARGEST
