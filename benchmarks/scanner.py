"""How much faster the scanner is with Hyperscan than with `re` alone, on the same texts and patterns, in one run.

    python benchmarks/scanner.py [FOLDER]

FOLDER holds reports as JSON objects with a `content`, one a file (by default the CASIE texts beside the project). The patterns are
those of the reader.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from breachbook.extract.reader import EXTRACTORS
from breachbook.text.scanner import Scanner

SHARED = Path(os.environ.get("BREACHBOOK_SHARED", str(Path(__file__).resolve().parents[2] / "shared")))
MOST_TEXTS = 200
"""Enough for a steady ratio, few enough for `re` to finish in seconds."""


def seconds(scanner: Scanner, texts: list[str]) -> float:
    """The time to search all texts once, after a first look that compiles what they need."""
    for text in texts:
        scanner.find(text)
    begin = time.perf_counter()
    for text in texts:
        scanner.find(text)
    return time.perf_counter() - begin


def main(folder: str) -> None:
    """Prints texts a second with each engine, and the ratio."""
    paths = sorted(Path(folder).glob("*.json"))[:MOST_TEXTS]
    texts = [json.loads(path.read_text("utf-8"))["content"] for path in paths]
    if not texts:
        print(f"nothing to search in {folder}; name a folder of reports")
        return
    patterns = {name: pattern for extractor in EXTRACTORS for name, pattern in extractor.patterns.items()}
    took = {engine: seconds(Scanner(patterns, engine=engine), texts) for engine in ("hyperscan", "re")}
    for engine, time_taken in took.items():
        print(f"{engine:10} {len(texts) / time_taken:9.0f} texts a second, {len(patterns)} patterns")
    print(f"ratio      {took['re'] / took['hyperscan']:9.1f}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(SHARED / "corpora" / "casie"))
