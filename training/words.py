"""Common words: which words of the corpora are written in lower case, as weights `common_words.json.gz`."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter

from training.corpus import casie, casie_numbers, ordinary, shared, table
from training.fit import WEIGHTS

MOST_WORDS = 9000
LEAST_COUNT = 4
LEAST_LOWER = 0.6
"""A word is common when at least this share of its uses inside sentences is in lower case."""

_INSIDE = re.compile(r"(?<=[a-z,;] )([A-Za-z][a-z’']{1,20})\b")


def texts() -> list[str]:
    """All the running text there is."""
    feeds = json.loads((shared() / "corpora" / "feeds" / "items.json").read_text("utf-8"))
    return [
        *(casie(n).text for n in casie_numbers()),
        *(d.text for d in ordinary()),
        *(row["description"] or "" for row in feeds),
        *(row["Web Description"] or "" for row in table("hhs", "notices.csv")),
        *(row["abstract"] or "" for row in table("ca_ag", "notices.csv")),
    ]


def main() -> None:
    """Counts and writes."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for text in texts():
        for word in _INSIDE.findall(text):
            (lower if word.islower() else upper)[word.lower()] += 1
    common = [w for w, n in lower.most_common() if n >= LEAST_COUNT and n / (n + upper[w]) >= LEAST_LOWER]
    data = gzip.compress(json.dumps(sorted(common[:MOST_WORDS]), ensure_ascii=False).encode(), mtime=0)
    (WEIGHTS / "common_words.json.gz").write_bytes(data)
    print(f"common words: {len(common[:MOST_WORDS])} of {len(common)}, {len(data)} bytes")


if __name__ == "__main__":
    main()
