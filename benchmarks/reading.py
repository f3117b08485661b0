"""How fast reports are read, beside a spaCy small English pipeline that marks names, on one core in one run.

    python benchmarks/reading.py

From a report's text to its claims, all parts on. The texts are the CASIE reports (all about security) and a stream of ordinary news in
which one report in twenty is about an incident; where the corpora beside the project are not there, the project's own reports
stand in. The reader and spaCy (`names_by_spacy.py`, in an environment of its own that `make bench` sets up) take turns, so that what
else the machine does weighs on both, and processor time is counted, not the clock's. Only the ratios mean something elsewhere.

Also: cost against length, the longest document, the time until a fresh process is ready, and memory.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from breachbook.extract.reader import OfflineReader
from breachbook.model.document import Document

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
SHARED = Path(os.environ.get("BREACHBOOK_SHARED", str(PROJECT.parent / "shared")))
SPACY = PROJECT / ".venv-bench" / "bin" / "python"
ROUNDS = 3
"""Turns that the reader and spaCy take."""
SECURITY_SAMPLE, STREAM_SAMPLE = 150, 300
"""Texts that spaCy is measured on; it needs a tenth of a second for one."""
EVERY = 20
"""One report in so many of the stream is about an incident."""
FLOORS = {"security": 10, "stream": 100}
"""How many times spaCy's throughput the reader has at least, on the corpora; the project's own reports are hard on purpose."""
START_UP = 1.0
"""Seconds until a fresh process is ready, at most, patterns compiled before."""
TIMES = (1, 2, 4, 8)
"""How often a report is repeated to see how cost grows with length."""
LENGTH_REPORTS = 40
READY = (
    "import time; begin = time.perf_counter(); from breachbook.extract.reader import OfflineReader; reader = OfflineReader(); "
    "from breachbook.model.document import Document; reader.read(Document('text', 'Acme was hacked, and data were stolen.', 'x')); "
    "print(time.perf_counter() - begin)"
)


def document(title: str | None, body: str) -> Document:
    """A document as ingest makes it, but of a language that is not yet known."""
    text = f"{title}\n\n{body}" if title and not body.startswith(title) else body
    return Document("text", text, "x", title=title or None)


def rows(path: Path) -> list[dict[str, object]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def own_reports() -> list[tuple[Document, bool]]:
    """The reports that the project wrote, with whether they are about an incident."""
    found = []
    for path in sorted((PROJECT / "training" / "reports").glob("*.jsonl")):
        found += [(document(str(r["title"]), str(r["text"])), bool(r["label"]["relevant"])) for r in rows(path)]  # type: ignore[index]
    return found


def security() -> tuple[str, list[Document]]:
    """Reports that are all about security, and what they are."""
    paths = sorted((SHARED / "corpora" / "casie").glob("*.json"))
    if not paths:
        return "the project's own reports", [made for made, _ in own_reports()]
    raw = [json.loads(path.read_text("utf-8")) for path in paths]
    return "CASIE reports", [document((r.get("info") or {}).get("title"), r["content"]) for r in raw]


def incidents() -> list[Document]:
    """Reports about incidents, by their labels."""
    gold, casie = SHARED / "gold" / "dev.jsonl", SHARED / "corpora" / "casie"
    if not gold.exists() or not casie.is_dir():
        return [made for made, relevant in own_reports() if relevant]
    found = []
    for row in rows(gold):
        kind, _, number = str(row["id"]).partition(":")
        if row["relevant"] and kind == "casie":
            raw = json.loads((casie / f"{number}.json").read_text("utf-8"))
            found.append(document((raw.get("info") or {}).get("title"), raw["content"]))
    return found


def stream() -> tuple[str, list[Document]]:
    """Ordinary news with one report in twenty about an incident, and what it is."""
    path = SHARED / "corpora" / "general" / "bbc.jsonl"
    if path.exists():
        name, news = "ordinary news", [document(str(r["title"]), str(r["text"])) for r in rows(path)]
    else:
        name, news = "the project's own reports without an incident", [made for made, relevant in own_reports() if not relevant]
    about = incidents()
    mixed = []
    for number, made in enumerate(news):
        mixed.append(about[number // (EVERY - 1) % len(about)] if number % (EVERY - 1) == 0 else made)
        if number % (EVERY - 1) == 0:
            mixed.append(made)
    return f"{name}, one report in {EVERY} about an incident", mixed


def sample(documents: Sequence[Document], count: int) -> list[Document]:
    """So many documents, spread evenly."""
    step = max(1, len(documents) // count)
    return list(documents[::step][:count])


def spread(documents: Sequence[Document], count: int) -> list[Document]:
    """So many documents of a stream as blocks of twenty in a row, so that one in twenty is about an incident."""
    blocks = [documents[at : at + EVERY] for at in range(0, len(documents) - EVERY + 1, EVERY)]
    step = max(1, len(blocks) // max(1, count // EVERY))
    return [made for block in blocks[::step][: max(1, count // EVERY)] for made in block]


def seconds(reader: OfflineReader, documents: Sequence[Document]) -> float:
    """Processor seconds to read the documents once."""
    gc.collect()
    begin = time.process_time()
    for made in documents:
        reader.read(made)
    return time.process_time() - begin


def spacy_seconds(texts: Sequence[str]) -> tuple[float, float] | None:
    """Processor seconds that spaCy needs for the texts: the pipeline as it is loaded, and with all but the marking of names off."""
    if not SPACY.exists():
        return None
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".json") as file:
        json.dump(list(texts), file)
        file.flush()
        done = subprocess.run([SPACY, HERE / "names_by_spacy.py", file.name], check=True, capture_output=True, text=True)
    whole, names = json.loads(done.stdout)
    return float(whole), float(names)


def compare(reader: OfflineReader, all_texts: Sequence[Document], chosen: Sequence[Document], floor: int | None) -> bool:
    """Prints the throughput of both on the same texts, and on all texts the reader's own. True when the floor is met, or there is none."""
    parts = [chosen[at::ROUNDS] for at in range(ROUNDS)]
    own = whole = names = 0.0
    for part in parts:  # each text once: what is kept in mind of a sentence helps no second reading of it
        own += seconds(reader, part)
        theirs = spacy_seconds([made.text for made in part])
        if theirs is not None:
            whole, names = whole + theirs[0], names + theirs[1]
    print(f"  reader, the same {len(chosen):4} texts    {len(chosen) / own:9.1f} a second")
    print(f"  reader, all {len(all_texts):4} texts         {len(all_texts) / seconds(reader, all_texts):9.1f} a second")
    if not whole:
        print("  spaCy is not there: `make bench` sets it up")
        return True
    limit = f"floor {floor}" if floor else "no floor"
    print(f"  spaCy, pipeline as loaded       {len(chosen) / whole:9.1f} a second   ratio {whole / own:7.1f}   ({limit})")
    print(f"  spaCy, names alone              {len(chosen) / names:9.1f} a second   ratio {names / own:7.1f}")
    return floor is None or whole / own >= floor


def lengths(reader: OfflineReader, about: Sequence[Document]) -> None:
    """Prints the time per character of reports repeated."""
    chosen = sample(about, LENGTH_REPORTS)
    print("\nCost against length (the same reports repeated; time per character, once = 1)")
    first = 0.0
    for times in TIMES:
        made = [document(d.title, "\n\n".join([d.text[len(d.title or "") :].strip()] * times)) for d in chosen]
        cost = min(seconds(reader, made) for _ in range(2)) / sum(len(d.text) for d in made)
        first = first or cost
        print(f"  {times} times   {sum(len(d.text) for d in made) / len(made):8.0f} characters   {cost / first:6.2f}")


def longest(reader: OfflineReader, documents: Sequence[Document]) -> None:
    """Prints the time of the report that takes longest, and of a very long text."""
    times = [(seconds(reader, [made]), len(made.text)) for made in documents]
    took, size = max(times)
    print(f"\nLongest report      {took * 1000:8.1f} ms   ({size} characters; all {len(times)} together {sum(t for t, _ in times):.2f} s)")
    whole = "\n\n".join(made.text for made in documents)[:2_000_000]
    print(
        f"A text of {len(whole):9} characters {seconds(reader, [document('A data breach', whole)]) * 1000:8.1f} ms (its beginning is read)"
    )


def start_up() -> bool:
    """Prints the time until a fresh process has read its first report: with an empty cache and with a warm one. True within the floor."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "BREACHBOOK_CACHE": folder, "XDG_CACHE_HOME": folder}
        cold, *warm = [
            float(subprocess.run([sys.executable, "-c", READY], env=environment, check=True, capture_output=True, text=True).stdout)
            for _ in range(4)
        ]
    print(f"\nStart-up            {min(warm):8.2f} s with patterns compiled before (floor {START_UP}); {cold:.2f} s the first time of all")
    return min(warm) <= START_UP


def main() -> int:
    """Measures and prints. Returns 1 when a floor is missed."""
    reader = OfflineReader()
    met = [start_up()]
    corpora = (SHARED / "corpora").is_dir()
    name, reports = security()
    seconds(reader, reports[1::10])  # so that patterns and tables are loaded
    print(f"\nSecurity: {name} ({sum(len(d.text) for d in reports) / len(reports):.0f} characters each)")
    met.append(compare(reader, reports, sample(reports, SECURITY_SAMPLE), FLOORS["security"] if corpora else None))
    name, mixed = stream()
    print(f"\nStream: {name} ({sum(len(d.text) for d in mixed) / len(mixed):.0f} characters each)")
    met.append(compare(reader, mixed, spread(mixed, STREAM_SAMPLE), FLOORS["stream"] if corpora else None))
    lengths(reader, incidents())
    longest(reader, reports)
    print(f"Peak memory         {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")
    print("\nFloors met." if all(met) else "\nA FLOOR IS MISSED.")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
