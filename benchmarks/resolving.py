"""How resolving grows: documents a second on made-up books of 1,000 and 10,000 reports, and their ratio.

    python benchmarks/resolving.py [--documents N]

A fifth of the reports is about ten well-known victims, a tenth about victims with names that many bear, the rest about others.
"""

from __future__ import annotations

import argparse
import random
import time
from datetime import date, timedelta

from breachbook.model.claim import Claim, Speaker
from breachbook.model.document import DocumentMeta
from breachbook.model.dossier import ReadDocument
from breachbook.resolve.resolver import resolve

SEED = 20210125
KNOWN = [
    f"{name} Inc."
    for name in ("Acrovia", "Belmontis", "Cordulex", "Dravonik", "Elmirasoft", "Fenwaldt", "Gorvanis", "Hexalto", "Ironvexx", "Jolandra")
]
COMMON = [
    "Memorial Hospital",
    "St. Mary's Hospital",
    "First National Bank",
    "Wayne County",
    "City of Springfield",
    "Lincoln School District",
]
STATES = ["Ohio", "Illinois", "Texas", "Missouri", "Oregon", "Iowa"]
SYLLABLES = [
    "ba",
    "cor",
    "del",
    "far",
    "gon",
    "hul",
    "jor",
    "kem",
    "lin",
    "mar",
    "nov",
    "pel",
    "qua",
    "ros",
    "sil",
    "tor",
    "ver",
    "wex",
    "yor",
    "zan",
]
KINDS = ["Group", "Clinic", "Bank", "Logistics", "Schools", "Systems", "University", "Foods", "Energy", "Partners"]
ACTORS = ["CLOP", "LockBit 3.0", "Cl0p", "Hive", "Akira", "Play", "Black Basta", "Royal", "Medusa", "Qilin"]
ATTACKS = ["ransomware", "phishing", "exploited_vulnerability", "misconfiguration", "stolen_credentials"]


def report(number: int, rng: random.Random) -> ReadDocument:
    """One made-up report."""
    draw = rng.random()
    known = rng.choice(KNOWN) if draw < 0.2 else rng.choice(COMMON) if draw < 0.3 else None
    name = known or "".join(rng.choice(SYLLABLES) for _ in range(3)).title() + " " + rng.choice(KINDS)
    day = date(2018, 1, 1) + timedelta(days=rng.randrange(2000))
    document = f"doc-{number:020x}"
    facts: list[tuple[str, str, str | int, str | None]] = [("incident:1", "victim", name, "organisation:1")]
    if rng.random() < 0.4:
        facts.append(("organisation:1", "country", rng.choice(["US", "US", "CA", "GB"]), None))
    if rng.random() < 0.3:
        facts.append(("organisation:1", "region", rng.choice(STATES), None))
    if rng.random() < 0.4:
        facts.append(("incident:1", "actor", rng.choice(ACTORS), "actor:1"))
    if rng.random() < 0.2:
        facts += [
            ("incident:1", "third_party", "Accellion", "organisation:2"),
            ("incident:1", "product", "Accellion FTA", "organisation:2"),
        ]
    facts.append(("incident:1", "attack_type", rng.choice(ATTACKS), None))
    facts.append(("incident:1", "occurred_from", (day - timedelta(days=rng.randrange(60))).isoformat(), None))
    claims = tuple(
        Claim(document, subject, prop, value, str(value), i, i + 1, Speaker("press"), "stated", day.isoformat(), 0, object)
        for i, (subject, prop, value, object) in enumerate(facts)
    )
    meta = DocumentMeta(document, number, "page", None, day.isoformat(), None, None, "press", None, "2024-01-01T00:00:00Z")
    return ReadDocument(meta, claims)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    largest = parser.parse_args().documents
    rng = random.Random(SEED)
    documents = [report(number, rng) for number in range(1, largest + 1)]
    resolve(documents[:10], [])
    rates = []
    for size in (largest // 10, largest):
        began = time.perf_counter()
        found = resolve(documents[:size], [])
        taken = time.perf_counter() - began
        rates.append(size / taken)
        kinds = {kind: sum(e.kind == kind for e in found.entities) for kind in ("organisation", "incident", "actor", "campaign")}
        print(f"{size} documents: {taken:.2f} s, {rates[-1]:.0f} documents/s, {kinds}, {len(found.matches)} matches")
    print(f"ratio of rates, large to small: {rates[1] / rates[0]:.2f}")


if __name__ == "__main__":
    main()
