"""How the cost of adding one document grows with the book: the time of single addings into made-up books of several sizes, in one run.

    python benchmarks/growing.py [--sizes 10000 100000] [--added 40] [--bulk 6574]

Claims are given, so that reading does not count. In the made-up books a victim is told of by one to five documents, some names are borne
by many, gangs come and go (one for every two hundred victims), and every fiftieth victim is hit through a supplier's product. The
last line tells what as many documents as there are leak-site posts cost at once, in linking and deriving.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from breachbook.model.claim import Claim, Speaker
from breachbook.model.document import Document
from breachbook.model.ids import digest
from breachbook.model.reading import Reading
from breachbook.pipeline import Book
from breachbook.settings import load
from breachbook.store.writer import Addition

SEED = 20210125
SYLLABLES = "ba cor del far gon hul jor kem lin mar nov pel qua ros sil tor ver wex yor zan bri dra fen gal hol".split()
KINDS = ["Group", "Clinic", "Bank", "Logistics", "Schools", "Systems", "University", "Foods", "Energy", "Partners", "Inc.", "GmbH"]
COMMON = ["Memorial Hospital", "St. Mary's Hospital", "First National Bank", "Wayne County", "City of Springfield"]
STATES = ["Ohio", "Illinois", "Texas", "Missouri", "Oregon", "Iowa", "Utah", "Maine", "Georgia", "Nevada"]
ATTACKS = ["ransomware", "phishing", "exploited_vulnerability", "misconfiguration", "stolen_credentials"]
VICTIMS_A_GANG, VICTIMS_A_SUPPLIER = 200, 50
"""How many victims there are for one gang, and for one that is hit through a supplier."""

BATCH = 1000
"""Documents written in one transaction while a book is made."""


def word(rng: random.Random, syllables: int) -> str:
    """A made-up name of one word."""
    return "".join(rng.choice(SYLLABLES) for _ in range(syllables)).title()


def stories(rng: random.Random, start: int = 0) -> Iterator[Addition]:
    """Documents without end, with their readings: several on each victim, one after the other."""
    number = start
    victims = 0
    gang, supplier = word(rng, 3), word(rng, 3)
    while True:
        victims += 1
        if victims % VICTIMS_A_GANG == 1:
            gang = word(rng, 3)
        if victims % (VICTIMS_A_SUPPLIER * 10) == 1:
            supplier = word(rng, 3)
        name = rng.choice(COMMON) if rng.random() < 0.02 else f"{word(rng, 3)} {rng.choice(KINDS)}"
        facts: dict[str, str | int] = {
            "country": rng.choice(["US", "US", "CA", "GB"]),
            "region": rng.choice(STATES),
            "actor": gang if rng.random() < 0.5 else "",
            "third_party": supplier if victims % VICTIMS_A_SUPPLIER == 0 else "",
            "attack_type": rng.choice(ATTACKS),
            "people_affected": rng.randrange(1000, 10**6) if rng.random() < 0.3 else 0,
        }
        day = date(2000, 1, 1) + timedelta(days=victims % 9000)
        for _ in range(rng.choice([1, 1, 2, 3, 5])):
            number += 1
            yield report(number, name, facts, day + timedelta(days=rng.randrange(40)), rng)


def report(number: int, name: str, facts: dict[str, str | int], day: date, rng: random.Random) -> Addition:
    """One report on a victim; it names some of the facts."""
    said: list[tuple[str, str, str | int, str | None]] = [("incident:1", "victim", name, "organisation:1")]
    for prop, value in facts.items():
        if not value or (prop in ("country", "region") and rng.random() < 0.5):
            continue
        subject = "organisation:1" if prop in ("country", "region") else "incident:1"
        said.append((subject, prop, value, {"actor": "actor:1", "third_party": "organisation:2"}.get(prop)))
    text = "; ".join(f"{prop}: {value}" for _, prop, value, _ in said)
    raw = f"{number} {text}".encode()
    document = Document(
        "json_line",
        text,
        digest(raw),
        published=day.isoformat(),
        publisher=f"paper{number % 50}",
        publisher_role="press",
        external_id=str(number),
    )
    claims, place = [], 0
    for subject, prop, value, object_ in said:
        start = place + len(prop) + 2
        place = start + len(str(value)) + 2
        claims.append(
            Claim(document.id, subject, prop, value, str(value), start, place - 2, Speaker("press"), "stated", day.isoformat(), 0, object_)
        )
    return Addition(document, raw, "made-up", Reading(document.id, "given/1", tuple(claims)))


class NoFiles:
    """Keeps no raw bytes: that each file is synced to the disk costs the same in every book."""

    def put(self, raw: bytes) -> str:
        """The digest of the bytes."""
        return digest(raw)


def add(book: Book, additions: Sequence[Addition]) -> tuple[float, float]:
    """Adds documents at once, and gives the seconds that writing and deriving took, by the clock and of the processor."""
    began, worked = time.perf_counter(), time.process_time()
    book._writer.add(additions)
    book._derive()
    return time.perf_counter() - began, time.process_time() - worked


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--added", type=int, default=40)
    parser.add_argument("--bulk", type=int, default=6574)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, Book.open(load({}, home=folder)) as book:
        book._writer._blobs = NoFiles()  # type: ignore[assignment]
        rng = random.Random(SEED)
        more = stories(rng)
        size, first = 0, 0.0
        for wanted in given.sizes:
            began = time.perf_counter()
            while size < wanted:
                batch = [next(more) for _ in range(min(BATCH, wanted - size))]
                book._writer.add(batch)
                size += len(batch)
            written = time.perf_counter() - began
            book._derive()
            print(f"{size} documents: written in {written:.0f} s, linked and derived in {time.perf_counter() - began - written:.0f} s")
            times = [add(book, [next(more)]) for _ in range(given.added)]
            size += given.added
            clock, worked = (statistics.median(several) for several in zip(*times, strict=True))
            first = first or worked
            print(
                f"  one more: median {1000 * clock:.0f} ms, of which {1000 * worked:.0f} ms work: {worked / first:.2f} of the first book's"
            )
        bulk = [next(more) for _ in range(given.bulk)]
        clock, worked = add(book, bulk)
        print(f"{given.bulk} documents at once into {size}: {clock:.1f} s, of which {worked:.1f} s work")


if __name__ == "__main__":
    main()
