"""Linking one name to a million organisations: milliseconds and recall, beside other ways, in one run.

    python benchmarks/linking.py [--organisations N] [--queries N]

The list is made from the real names of ../shared, where it is there, else from made-up ones, and from variations of them (a word
exchanged, put in or made up, two names crossed), so that every name has many near it. The queries are names of the list with a typing
error, another legal form, an abbreviation, another order or a word left out, one in four with two of these. Ratios hold on any machine;
milliseconds on this one.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import sqlite3
import statistics
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import tantivy
from rapidfuzz import fuzz, process, utils

from breachbook.model.reference import Asked
from breachbook.pipeline import Book
from breachbook.resolve.linking import link
from breachbook.settings import load
from breachbook.store.name_index import NameIndex

SHARED = Path(os.environ.get("BREACHBOOK_SHARED") or Path(__file__).resolve().parents[2] / "shared") / "corpora"
SEED = 20210125
BRUTE_QUERIES = 5
"""Queries that are compared with every name: each takes seconds."""
CHANGES = (1, 1, 1, 2)
"""Changes that a name is given: mostly one, sometimes two."""
FORMS = ["Inc.", "Inc", "LLC", "Ltd", "Limited", "Corp.", "Corporation", "GmbH", "S.A.", "PLC", "Co.", "Company", "Group", "AG", "B.V."]
SILENT = {"".join(c for c in form.casefold() if c.isalnum()) for form in FORMS} | {"of", "the", "and", "de", "at", "in"}
"""Words by which alone two names do not differ."""
SHORT = {
    "university": "Univ.", "international": "Intl", "department": "Dept.", "association": "Assn.", "hospital": "Hosp.", "national": "Natl.",
    "corporation": "Corp.", "company": "Co.", "county": "Cty", "services": "Svcs", "management": "Mgmt", "technology": "Tech",
    "technologies": "Tech", "medical": "Med.", "center": "Ctr", "institute": "Inst.", "community": "Comm.", "saint": "St.",
    "township": "Twp", "government": "Govt",
    "manufacturing": "Mfg", "school": "Sch.", "district": "Dist.", "regional": "Reg.", "insurance": "Ins.", "bank": "Bk",
}  # fmt: skip
SYLLABLES = "ba cor del far gon hul jor kem lin mar nov pel qua ros sil tor ver wex yor zan ti re la mo su ni ke ra do vi".split()
Search = Callable[[str], list[int]]


def real_names() -> list[str]:
    """Names of real organisations, or made-up ones where ../shared is missing."""
    if not SHARED.is_dir():
        rng = random.Random(SEED)
        print("../shared is not there: the list is made from made-up names")
        return [f"{invented(rng)} {rng.choice(list(SHORT)).title()} {rng.choice(FORMS)}" for _ in range(40_000)]
    lists = SHARED / "reference"
    names = [row["title"] for row in json.loads((lists / "sec_company_tickers.json").read_text("utf-8")).values()]
    names += [row["name"] for row in json.loads((lists / "world_universities_and_domains.json").read_text("utf-8"))]
    for file, column in (("cms_hospital_general_information.csv", "Hospital Name"), ("dotgov_current-full.csv", "Organization name")):
        with (lists / file).open(encoding="utf-8-sig", newline="") as opened:
            names += [row[column] for row in csv.DictReader(opened)]
    names += [row["victim"] or "" for row in json.loads((SHARED / "press" / "incidents.json").read_text("utf-8"))]
    names += [row["post_title"] for row in json.loads((SHARED / "leaksite" / "posts.json").read_text("utf-8"))]
    return list(dict.fromkeys(" ".join(name.split()) for name in names if len(name) > 2))


def invented(rng: random.Random) -> str:
    """A word that no language has."""
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((2, 3, 3, 4)))).title()


def many_names(size: int) -> list[str]:
    """So many different names, the real ones first."""
    rng = random.Random(SEED)
    base = real_names()
    words = [word for name in base for word in name.split() if len(word) > 3 and word.isalpha()]
    seen: set[str] = set()
    found: list[str] = []
    for name in _endless(base, words, rng):
        key = plain_key(name)
        if key and key not in seen and len(name) < 90:
            seen.add(key)
            found.append(name)
            if len(found) == size:
                return found
    return found


def plain_key(name: str) -> str:
    """The words that tell, sorted: names of one key are one organisation here, and no question is asked of it by another's name."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = {"".join(c for c in word if c.isalnum()) for word in plain.replace("-", " ").split()}
    return " ".join(sorted(words - SILENT - {""}))


def _endless(base: Sequence[str], words: Sequence[str], rng: random.Random) -> Iterator[str]:
    yield from base
    while True:
        name = rng.choice(base).split()
        word = invented(rng) if rng.random() < 0.4 else rng.choice(words)
        draw = rng.random()
        if draw < 0.5 and len(name) > 1:
            name[rng.randrange(len(name))] = word
        elif draw < 0.75:
            name.insert(rng.randrange(len(name) + 1), word)
        else:
            other = rng.choice(base).split()
            name = name[: max(1, len(name) // 2)] + other[len(other) // 2 :]
        yield " ".join(name)


def typing_error(name: str, rng: random.Random) -> str:
    """A letter left out, doubled, changed or swapped with the next, in a word of four letters or more."""
    places = [i for i in range(1, len(name) - 1) if name[i - 1 : i + 2].isalpha()]
    if not places:
        return name
    i = rng.choice(places)
    kind = rng.randrange(4)
    middle = ("", name[i] * 2, rng.choice("abcdefghijklmnopqrstuvwxyz"), name[i + 1] + name[i])[kind]
    return name[:i] + middle + name[i + (2 if kind == 3 else 1) :]


def other_form(name: str, rng: random.Random) -> str:
    """The legal form taken away, exchanged or put on."""
    words = name.split()
    if len(words) == 1 and "." in name:  # a domain
        return name
    known = {form.casefold().strip(".") for form in FORMS}
    if len(words) > 1 and words[-1].casefold().strip(".,") in known:
        words.pop()
        if rng.random() < 0.5:
            return " ".join(words)
    return " ".join([*words, rng.choice(FORMS)])


def abbreviated(name: str, rng: random.Random) -> str:
    """A word written as it is usually shortened, else the longest cut after some letters."""
    words = name.split()
    usual = [i for i, word in enumerate(words) if word.casefold() in SHORT]
    if usual:
        i = rng.choice(usual)
        words[i] = SHORT[words[i].casefold()]
    else:
        i = max(range(len(words)), key=lambda k: len(words[k]))
        if len(words) > 1 and len(words[i]) > 6:
            words[i] = words[i][: rng.choice((4, 5))] + "."
    return " ".join(words)


def reordered(name: str, rng: random.Random) -> str:
    """The last word first, with a comma after it or without, or two neighbours swapped."""
    words = name.split()
    if len(words) < 2:
        return name
    if rng.random() < 0.5:
        return f"{' '.join(words[1:])}, {words[0]}"
    i = rng.randrange(len(words) - 1)
    words[i], words[i + 1] = words[i + 1], words[i]
    return " ".join(words)


def dropped(name: str, rng: random.Random) -> str:
    """One word less, where three are left."""
    words = name.split()
    if len(words) > 3:
        del words[rng.randrange(len(words))]
    return " ".join(words)


NOISE = (typing_error, other_form, abbreviated, reordered, dropped)


def noisy(names: Sequence[str], number: int) -> list[tuple[str, int]]:
    """Queries and the place of the name that each was made from; what noise has made another's name is not asked."""
    rng = random.Random(SEED + 1)
    keys = {plain_key(name) for name in names}
    found: list[tuple[str, int]] = []
    for place in rng.sample(range(len(names)), len(names)):
        name = names[place]
        for change in rng.sample(NOISE, rng.choice(CHANGES)):
            name = change(name, rng)
        own = plain_key(names[place])
        if name != names[place] and plain_key(name) and (plain_key(name) == own or plain_key(name) not in keys):
            found.append((name, place))
        if len(found) == number:
            break
    return found


def ours(names: Sequence[str], folder: Path) -> tuple[Search, float, Path]:
    """A list loaded as `breachbook reference add` does it, from a CSV file into SQLite and the index of names, and `resolve.linking`."""
    home = folder / f"ours-{len(names)}"
    file = folder / f"{len(names)}.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerows([("id", "name"), *enumerate(names)])
    with Book.open(load({}, home=str(home))) as book:
        began = time.perf_counter()
        book.add_reference(file, "list", lambda _problem: None)
        taken = time.perf_counter() - began
    index = NameIndex(home)
    index.refresh()
    return lambda query: [int(dict(linked.organisation.identifiers)["id"]) for linked in link(Asked(query), index)], taken, index.folder


def tantivy_and_ratio(names: Sequence[str], folder: Path) -> tuple[Search, float, Path]:
    """Words with one letter of fuzziness, the best fifty ordered by rapidfuzz's WRatio."""
    began = time.perf_counter()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("name", tokenizer_name="default", index_option="basic")
    builder.add_unsigned_field("place", stored=True)
    schema = builder.build()
    (folder / "tantivy").mkdir()
    index = tantivy.Index(schema, path=str(folder / "tantivy"))
    writer = index.writer(400_000_000, 1)
    for place, name in enumerate(names):
        document = tantivy.Document()
        document.add_text("name", name)
        document.add_unsigned("place", place)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    taken = time.perf_counter() - began
    index.reload()
    searcher = index.searcher()

    def search(query: str) -> list[int]:
        words = ["".join(c for c in word if c.isalnum()) for word in query.casefold().split()]
        parts = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "name", word)) for word in words if word]
        parts += [(tantivy.Occur.Should, tantivy.Query.fuzzy_term_query(schema, "name", word, 1)) for word in words if len(word) > 3]
        hits = searcher.search(tantivy.Query.boolean_query(parts), 50, count=False).hits
        places = [int(searcher.doc(address).get_first("place") or 0) for _, address in hits]
        return [
            places[i]
            for _, _, i in process.extract(query, [names[p] for p in places], scorer=fuzz.WRatio, processor=utils.default_process, limit=10)
        ]

    return search, taken, folder / "tantivy"


def sqlite_trigrams(names: Sequence[str], folder: Path) -> tuple[Search, float, Path]:
    """SQLite's FTS5 over three letters at a time, the best fifty ordered by rapidfuzz's WRatio."""
    began = time.perf_counter()
    (folder / "sqlite").mkdir()
    database = sqlite3.connect(folder / "sqlite" / "names.sqlite")
    database.execute("CREATE VIRTUAL TABLE names USING fts5(name, content='', tokenize='trigram')")
    database.executemany("INSERT INTO names(rowid, name) VALUES (?, ?)", enumerate(names))
    database.commit()
    taken = time.perf_counter() - began

    def search(query: str) -> list[int]:
        plain = "".join(c if c.isalnum() else " " for c in query.casefold())
        grams = {plain[i : i + 3] for i in range(len(plain) - 2) if plain[i : i + 3].strip() == plain[i : i + 3]}
        if not grams:
            return []
        asked = " OR ".join(f'"{gram}"' for gram in sorted(grams))
        rows = database.execute("SELECT rowid FROM names WHERE names MATCH ? ORDER BY rank LIMIT 50", (asked,)).fetchall()
        places = [row[0] for row in rows]
        return [
            places[i]
            for _, _, i in process.extract(query, [names[p] for p in places], scorer=fuzz.WRatio, processor=utils.default_process, limit=10)
        ]

    return search, taken, folder / "sqlite"


def brute_force(names: Sequence[str], _folder: Path) -> tuple[Search, float, None]:
    """rapidfuzz's WRatio against every name."""
    return (
        lambda query: [
            place for _, _, place in process.extract(query, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=10)
        ],
        0.0,
        None,
    )


def report(label: str, search: Search, queries: Sequence[tuple[str, int]], taken: float, folder: Path | None, first: float | None) -> float:
    """Prints one line; gives the median, in milliseconds."""
    times, one, ten = [], 0, 0
    for query, place in queries:
        began = time.perf_counter()
        found = search(query)
        times.append((time.perf_counter() - began) * 1000)
        one += found[:1] == [place]
        ten += place in found[:10]
    times.sort()
    median, late = statistics.median(times), times[int(len(times) * 0.99)]
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6 if folder else 0
    ratio = f", {median / first:.1f} times the median of ours" if first else ""
    print(
        f"{label:32} median {median:8.2f} ms, p99 {late:8.2f} ms, recall@1 {one / len(queries):.3f}, recall@10 {ten / len(queries):.3f}, "
        f"made in {taken:.0f} s, {size:.0f} MB ({len(queries)} queries){ratio}",
        flush=True,
    )
    return median


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=1_000)
    given = parser.parse_args()
    names = many_names(given.organisations)
    queries = noisy(names, min(given.queries, len(names)))
    print(f"{len(names)} organisations; queries such as {queries[0][0]!r} for {names[queries[0][1]]!r}")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        small = [ours(names[:size], folder) for size in (len(names) // 100, len(names) // 10) if size]
        medians = [
            report(f"ours, {size:,} organisations", search, noisy(names[:size], len(queries) // 2), taken, where, None)
            for size, (search, taken, where) in zip((len(names) // 100, len(names) // 10), small, strict=False)
        ]
        first = None
        for label, make, asked in (
            ("ours: keys, words, then near", ours, queries),
            ("Tantivy fuzzy words, WRatio", tantivy_and_ratio, queries),
            ("SQLite FTS5 trigrams, WRatio", sqlite_trigrams, queries[: len(queries) // 20]),
            ("brute force WRatio", brute_force, queries[:BRUTE_QUERIES]),
        ):
            search, taken, where = make(names, folder)
            search(asked[0][0])
            median = report(label, search, asked, taken, where, first)
            if first is None and medians:
                print(f"ratio of medians, all to a hundredth: {median / medians[0]:.1f}")
            first = first or median


if __name__ == "__main__":
    main()
