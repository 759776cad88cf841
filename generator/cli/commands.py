"""The commands of `brief`: where each lives, and what it does in a line. Its module is imported when it is called."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: its module here and its name in it, and the first paragraph of its help.

    Why: the list of all commands imports none of them, so their first words stand here once more; a test compares.
    """

    home: str
    line: str


BRIEFS = {
    "build": Entry(
        "build:build",
        "Build briefs: reports/<ticker>.toml in, output/<ISO week>/<ticker>.pdf out, and its facts as JSON beside it.",
    ),
    "open": Entry("opening:open_brief", "Open the newest brief of a company; without a desktop, say where it is."),
    "preview": Entry(
        "preview:preview",
        "Show a brief in the browser, and show it again whenever a template, a report file or a text is saved.",
    ),
    "export": Entry(
        "export:export",
        "Write a brief as one HTML file for a browser or a phone, as Markdown, and its facts as a "
        "workbook, CSV or JSON.",
    ),
    "facts": Entry(
        "facts:facts",
        "Show every fact behind a brief: the figure, its period, its source, or its formula with the arithmetic.",
    ),
    "diff": Entry(
        "diff:diff",
        "Show what moved between two days as each was known then, the most important first, with the "
        "cause of each move.",
    ),
}

REPORTS = {
    "list": Entry(
        "reports:list_reports", "List the report files: company, peers, benchmark, KPI file and newest brief."
    ),
    "new": Entry(
        "reports:new", "Write a commented report file for a company; one that is already there stays as it is."
    ),
    "check": Entry("reports:check", "Read all report files, KPI files and seeds, and tell every problem at once."),
    "schema": Entry(
        "schema:schema",
        "Write the JSON Schema of report files; the first line of a report file names it for the editor.",
    ),
    "template": Entry("templates:app", "Template folders: how a brief looks."),
    "gallery": Entry(
        "gallery:gallery",
        "Make every brand with every company: index.html shows all pages, sheet.png the first page of each.",
    ),
}

FIGURES = {
    "fetch": Entry(
        "fetch:fetch",
        "Ask the live sources about companies, their peers and their benchmark, and keep the answers in the store.",
    ),
    "snapshots": Entry(
        "stored:snapshots",
        "List the stored snapshots: of whom, from which source, for which day, and when they were taken.",
    ),
    "prune": Entry(
        "stored:prune",
        "Remove old snapshots and the answers behind them; never the newest of a ticker, nor what an issue names.",
    ),
}

WEEK = {
    "run": Entry("run:run", "Make what is due, approve it where nobody has to, and send what is approved."),
    "due": Entry(
        "run:due", "Say in a line each what `brief run` would do now, and why. Nothing is changed and nobody is asked."
    ),
    "approve": Entry(
        "approving:approve",
        "Approve the newest draft of a company: what is approved is the hash of its PDF, and no other "
        "file can be sent.",
    ),
    "history": Entry(
        "approving:history",
        "List what happened to a company's briefs: who made, approved, sent and superseded which file, and when.",
    ),
    "schedule": Entry(
        "scheduling:schedule", "Print, write or install what makes a scheduler start `brief run` every hour."
    ),
}

MAIL = {
    "send": Entry(
        "send:send",
        "Send approved issues to the recipients in reports/recipients.toml: one message each, from a ledger.",
    ),
    "deliveries": Entry("deliveries:app", "What went to whom: the delivery ledger."),
    "recipients": Entry("recipients:app", "Who gets which brief."),
    "bounces": Entry(
        "recipients:bounces",
        "Read what came back: from files, or from the mailbox [mail.inbox]. Who cannot be reached for "
        "good is suspended.",
    ),
}

PROOF = {
    "verify": Entry(
        "verify:verify",
        "Prove a finished brief from its file alone, offline; with --store, that no old issue was altered.",
    ),
    "correct": Entry(
        "correct:correct",
        "Look through the finished briefs of a company for figures that are no longer right, and draft the correction.",
    ),
    "lint": Entry(
        "lint:lint",
        "Say what is wrong with a text: lost sources, doubled and impossible figures, unlike comparisons, bare words.",
    ),
}

SECTIONS = {
    "Briefs": BRIEFS,
    "Reports and looks": REPORTS,
    "Figures": FIGURES,
    "The week": WEEK,
    "Mail": MAIL,
    "Proof": PROOF,
}
