"""Scores the reader on the labelled reports: on folds it did not learn from (`python -m training.evaluate`), or as shipped (`--shipped`).

The rules are those of the labels' own scorer, `tools/score_reading.py` beside the labels, which is run on the records.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from breachbook.extract.own_statement import OwnStatement
from breachbook.extract.reader import OfflineReader
from breachbook.extract.reading_models import Judges
from breachbook.extract.report_record import report_record
from breachbook.extract.value_extractors import value_extractors
from training.corpus import gold, labels, report, shared
from training.organisation_facts import train_facts
from training.relevance import train_relevance
from training.roles import names_of, norm, train
from training.train_values import train_values

FOLDS = 5


@cache
def fold_of(key: str) -> int:
    """The fold of a labelled report; reports on the same victim are in the same fold, so that no name is learned."""
    names = names_of(labels()[key], "victim")
    group = " ".join(sorted(norm(names[0][0]))) if names else key
    return int(hashlib.md5(group.encode()).hexdigest(), 16) % FOLDS


def judges_without(held_out: set[str]) -> Judges:
    """All judges, learned without the reports held out."""
    roles = train(held_out)
    return Judges(roles, train_relevance(held_out, roles), train_facts(held_out))


def reader_without(held_out: set[str]) -> OfflineReader:
    """The reader with all that it learns learned without the reports held out."""
    return OfflineReader(judges_without(held_out), (*value_extractors(train_values(held_out)), OwnStatement()))


def read_fold(fold: int) -> list[dict[str, object]]:
    """The report records of the readers' labelled reports of a fold, read by judges that did not see any report of the fold."""
    reader = reader_without({key for key in labels() if fold_of(key) == fold})
    return [record(reader, key) for key in gold() if fold_of(key) == fold]


def record(reader: OfflineReader, key: str) -> dict[str, object]:
    """The report record of a labelled report."""
    document = report(key)
    return report_record(document, reader.read(document))


def records(folds: bool) -> list[dict[str, object]]:
    """The report records of the readers' labelled reports, each read by judges that did not see it (or by the shipped ones)."""
    if folds:
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            return [row for rows in pool.map(read_fold, range(FOLDS)) for row in rows]
    reader = OfflineReader()
    return [record(reader, key) for key in gold()]


def main() -> int:
    """Writes the records and runs the scorer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shipped", action="store_true", help="read with the shipped weights, which have seen the labels")
    parser.add_argument("--out", type=Path, default=Path("build/predicted.jsonl"))
    parser.add_argument("--worst", default="0")
    args = parser.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(row, ensure_ascii=False) for row in records(not args.shipped)]
    args.out.write_text("\n".join(lines) + "\n", "utf-8")
    scorer = [sys.executable, str(shared() / "tools" / "score_reading.py"), str(args.out), str(shared() / "gold" / "dev.jsonl")]
    return subprocess.run([*scorer, "--corpus", str(shared() / "corpora" / "casie"), "--worst", args.worst], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
