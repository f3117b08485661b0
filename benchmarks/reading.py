"""How fast reports are read: `python -m benchmarks.reading [FOLDER]`, one core, from plain text to claims, all parts on.

FOLDER holds reports as JSON objects with `content` and `info.title` (the CASIE texts, by default those beside the project).
Beside the reader, thirty plain `re` patterns run over the same texts in the same run: their ratio holds on any machine.
Prints reports a second, the ratio, the longest single report, how cost grows with length, start-up time and peak memory.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

from breachbook.extract.reader import OfflineReader
from breachbook.model.document import Document

PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bransomware\b",
        r"\bdata breach(?:es)?\b",
        r"\bhack(?:ed|ers?|ing)\b",
        r"\bphish(?:ed|ing)\b",
        r"\bunauthori[sz]ed access\b",
        r"\b(?:social security|passport) numbers?\b",
        r"\bcredit cards?\b",
        r"\bpasswords?\b",
        r"\be-?mail addresses\b",
        r"\bCVE-\d{4}-\d{4,7}\b",
        r"\b\d{1,3}(?:,\d{3})+\b",
        r"\b\d+(?:\.\d+)? (?:million|billion)\b",
        r"[$£€]\s?\d[\d,.]*",
        r"\b\d+(?:\.\d+)? ?[GMT]B\b",
        r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}\b",
        r"\b(?:on|last) (?:Mon|Tues|Wednes|Thurs|Fri)day\b",
        r"\b\w+ (?:said|told|confirmed)\b",
        r"\baccording to\b",
        r"\bmay have been\b",
        r"\bno evidence\b",
        r"\bDDoS\b|\bdenial.of.service\b",
        r"\bdark ?web\b",
        r"\b(?:patients|students|customers|employees)\b",
        r"\bdates? of birth\b",
        r"\bbitcoins?\b",
        r"\bextort\w*\b",
        r"\bleak(?:ed|s)?\b",
        r"\bvulnerabilit(?:y|ies)\b",
        r"\bthird.party\b",
        r"\binvestigat\w+\b",
    )
]
LENGTHS = (5_000, 20_000, 60_000)


def load(folder: Path) -> list[Document]:
    """The reports of a folder."""
    found = []
    for path in sorted(folder.glob("*.json")):
        row = json.loads(path.read_text("utf-8"))
        title = (row.get("info") or {}).get("title") or None
        text = f"{title}\n\n{row['content']}" if title else row["content"]
        found.append(Document("text", text, path.name, title=title, language="en"))
    return found


def start_up() -> float:
    """Seconds from a new interpreter to a first reading (the second start: the first one compiles the patterns)."""
    code = (
        "from breachbook.extract.reader import OfflineReader as R; from breachbook.model.document import Document as D; "
        "R().read(D('text', 'Acme was hacked.', 'x'))"
    )
    seconds = 0.0
    for _ in range(2):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        seconds = time.perf_counter() - begin
    return seconds


def main() -> int:
    """Measures and prints; one line a figure."""
    beside = Path(os.environ.get("BREACHBOOK_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else beside / "corpora" / "casie"
    documents = load(folder)
    if not documents:
        print(f"no reports in {folder}")
        return 1
    print(f"start-up              {start_up():8.2f} s")
    reader = OfflineReader()
    reader.read(documents[0])
    longest, begin = 0.0, time.perf_counter()
    for document in documents:
        one = time.perf_counter()
        reader.read(document)
        longest = max(longest, time.perf_counter() - one)
    reading = time.perf_counter() - begin
    begin = time.perf_counter()
    for document in documents:
        for pattern in PATTERNS:
            for _ in pattern.finditer(document.text):
                pass
    patterns = time.perf_counter() - begin
    print(f"reader                {len(documents) / reading:8.1f} reports/s")
    print(f"thirty re patterns    {len(documents) / patterns:8.1f} reports/s")
    print(f"ratio                 {patterns / reading:8.3f}")
    print(f"longest report        {longest:8.3f} s")
    whole = " ".join(d.text for d in documents)
    for length in LENGTHS:
        one = time.perf_counter()
        reader.read(Document("text", whole[:length], "x", language="en"))
        print(f"{length:7d} characters    {time.perf_counter() - one:8.3f} s")
    print(f"peak memory           {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
