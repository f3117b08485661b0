"""How publishing grows: incident records a second on made-up incidents of 10, 40 and 160 claims, and the ratio per claim.

    python benchmarks/publishing.py [--records N]

Each incident has a source for every ten claims; its records are made, checked and written as JSON as in an export.
"""

from __future__ import annotations

import argparse
import random
import time

from breachbook.model.claim import Claim, Speaker, Value
from breachbook.model.document import DocumentMeta
from breachbook.model.dossier import Dossier, EntityRef
from breachbook.model.entity import Entity
from breachbook.publish.exporters import JsonLines
from breachbook.publish.records import record
from breachbook.vocab import properties, terms

SEED = 20210409
ROLES = ("press", "press", "press", "researcher", "victim", "threat_actor", "regulator")
CLAIMS_A_SOURCE = 10
SIZES = (10, 40, 160)
VALUES: dict[str, tuple[Value, ...]] = {
    "text": ("Acrovia", "Belmontis", "CVE-2021-27101"),
    "date": ("2021", "2021-01", "2021-01-20", "2021-03"),
    "count": (1545, 1547, 143_000_000),
    "bytes": (6_500_000_000,),
    "money": (8_100_000,),
    "flag": (True,),
}


def incident(number: int, claims: int, rng: random.Random) -> Dossier:
    """A made-up incident."""
    documents, made = {}, []
    victim = EntityRef(f"org-{number}", "organisation", "Acrovia")
    choice = [p for p in properties.of("incident") if p.name not in ("retracted", "victim")]
    for index in range(claims):
        source, place = divmod(index, CLAIMS_A_SOURCE)
        document = f"doc-{number}-{source}"
        role = ROLES[source % len(ROLES)]
        published = f"2021-04-{source % 28 + 1:02d}"
        documents[document] = DocumentMeta(
            document, source, "page", "A report", published, None, f"Paper {source}", role, None, "2024-01-01"
        )
        prop = rng.choice(choice) if place else properties.get("victim")
        values = terms.terms(prop.value.removeprefix("term:")) if prop.value.startswith("term:") else VALUES[prop.value]
        value = rng.choice(values) if place else "Acrovia"
        certainty = rng.choice(("stated", "stated", "likely", "possible"))
        target = None if place else "organisation:1"
        start, said = index * 50, Speaker(role)
        words = str(value)
        made.append(
            Claim(document, "incident:1", prop.name, value, words, start, start + len(words), said, certainty, published, 0, target)
        )
    mentions = tuple(f"{document}#incident:1" for document in documents)
    links = {f"{document}#organisation:1": victim for document in documents}
    return Dossier(Entity(f"inc-{number}", "incident", "Acrovia, January 2021", mentions), tuple(made), documents, links)


def seconds(dossiers: list[Dossier]) -> float:
    """The time to make, check and write the records of all."""
    start = time.perf_counter()
    for _ in JsonLines().write(made for dossier in dossiers if (made := record(dossier)) is not None):
        pass
    return time.perf_counter() - start


def main() -> None:
    """Prints records a second by size, and how the time per claim grows from the smallest to the largest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=500)
    count = parser.parse_args().records
    rng = random.Random(SEED)
    per_claim = {}
    for size in SIZES:
        taken = seconds([incident(number, size, rng) for number in range(count)])
        per_claim[size] = taken / count / size
        print(f"{size:>4} claims: {count / taken:>7,.0f} records a second, {taken / count * 10_000:>5.0f} s for 10,000")
    print(f"time per claim, {SIZES[-1]} claims to {SIZES[0]}: {per_claim[SIZES[-1]] / per_claim[SIZES[0]]:.2f}")


if __name__ == "__main__":
    main()
