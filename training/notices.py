"""Notices of victims and regulators as further samples: their structured columns are labels that cost nobody a reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from breachbook.extract.context import Context
from breachbook.extract.reader import context_of
from training.corpus import document, gold, table
from training.values import scanner

CALIFORNIA: Mapping[str, str] = {
    "Third Party": "third_party",
    "Phishing": "phishing",
    "Phising": "phishing",
    "Malware": "other_malware",
    "Ransomware": "ransomware",
    "Laptop Stolen": "physical",
    "Device Lost": "physical",
    "Computer Stolen": "physical",
    "Files Lost": "physical",
    "Server Stolen": "physical",
    "Physical Intrusion": "physical",
    "User Error": "disclosure_error",
    "Programming Error": "disclosure_error",
    "Accident": "disclosure_error",
    "Misconfiguration": "misconfiguration",
    "Insider Threat": "insider_misuse",
    "Vulnerability": "exploited_vulnerability",
    "Code Injection": "exploited_vulnerability",
    "Skimming": "payment_skimming",
    "Account Compromise": "stolen_credentials",
    "Unauthorized Access": "hacking_unspecified",
    "Server Compromise": "hacking_unspecified",
    "Network Compromise": "hacking_unspecified",
    "Database Compromise": "hacking_unspecified",
    "System Compromise": "hacking_unspecified",
}
"""Kinds of attack by the California column `type`; types that tell none are left out."""

HEALTH: Mapping[str, str] = {"Theft": "physical", "Loss": "physical", "Improper Disposal": "disclosure_error"}
"""Kinds of attack by the health portal's column `Type`; its other types tell none."""

MOST_HEALTH = 150
"""Health notices that kinds of attack are learned from."""


@dataclass(frozen=True)
class Notice:
    """A notice: its text, what its columns say, and its key (`ca_ag:NAME|DATE`)."""

    key: str
    context: Context
    attack_type: str | None
    occurred: str | None


@cache
def california() -> tuple[Notice, ...]:
    """The victims' notices to California's Attorney General that have a text."""
    made = []
    for row in table("ca_ag", "notices.csv"):
        if len(row["abstract"]) < 50:
            continue
        key = f"ca_ag:{row['name']}|{row['date']}"
        context = context_of(document(None, row["abstract"]), scanner())
        made.append(Notice(key, context, CALIFORNIA.get(row["type"]), _day(row["date"])))
    return tuple(made)


@cache
def health() -> tuple[Notice, ...]:
    """Some of the health portal's narratives whose type tells a kind of attack."""
    rows = [r for r in table("hhs", "notices.csv") if r["Web Description"].strip() and r["Type"] in HEALTH]
    kept = rows[:: max(1, len(rows) // MOST_HEALTH)]
    return tuple(
        Notice(f"hhs:{r['Name']}", context_of(document(None, r["Web Description"]), scanner()), HEALTH[r["Type"]], None) for r in kept
    )


def _day(words: str) -> str | None:
    try:
        return datetime.strptime(words.strip(), "%B %d, %Y").date().isoformat()
    except ValueError:
        return None


@cache
def labelled_notices() -> tuple[tuple[Context, Mapping[str, object]], ...]:
    """The notices that careful readers labelled, with their (only) incident."""
    texts = {n.key: n.context for n in california()}
    for row in table("hhs", "notices.csv"):
        texts.setdefault(
            f"hhs:{row['Name']}|{row['Breach Submission Date']}", context_of(document(None, row["Web Description"]), scanner())
        )
    found = []
    for key, row in gold("notices").items():
        if key in texts and row["incidents"]:
            found.append((texts[key], row["incidents"][0]))
    return tuple(found)
