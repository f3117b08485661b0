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
from training.parts import train_parts
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
    return Judges(roles, train_relevance(held_out, roles), train_facts(held_out), train_parts(held_out))


def reader_without(held_out: set[str]) -> OfflineReader:
    """The reader with all that it learns learned without the reports held out."""
    return OfflineReader(judges_without(held_out), (*value_extractors(train_values(held_out)), OwnStatement()))


def read_fold(fold: int, keys: list[str]) -> list[dict[str, object]]:
    """The report records of those reports that are in a fold, read by judges that did not see any report of the fold."""
    reader = reader_without({key for key in labels() if fold_of(key) == fold})
    return [record(reader, key) for key in keys if fold_of(key) == fold]


def record(reader: OfflineReader, key: str) -> dict[str, object]:
    """The report record of a labelled report."""
    document = report(key)
    return report_record(document, reader.read(document))


def records(keys: list[str], folds: bool) -> list[dict[str, object]]:
    """The report records of labelled reports, each read by judges that did not see it (or by the shipped ones)."""
    if folds:
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            return [row for rows in pool.map(read_fold, range(FOLDS), [keys] * FOLDS) for row in rows]
    reader = OfflineReader()
    return [record(reader, key) for key in keys]


def keys_of(kind: str) -> list[str]:
    """The ids of the careful readers' labels (`gold`), or of the project's own: `casie`, `feed`, `own`."""
    return list(gold()) if kind == "gold" else [key for key in labels() if key not in gold() and key.startswith(f"{kind}:")]


def table(rows: list[dict[str, object]], kind: str, out: Path, worst: str) -> int:
    """Writes the records of one kind of report beside their labels and runs the scorer on them."""
    keys = keys_of(kind)
    predicted, wanted = out.with_suffix(f".{kind}.jsonl"), out.with_suffix(f".{kind}-labels.jsonl")
    by_id = {row["id"]: row for row in rows}
    for path, chosen in ((predicted, [by_id[key] for key in keys]), (wanted, [labels()[key] for key in keys])):
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in chosen), "utf-8")
    print(f"{kind}: {len(keys)} reports", flush=True)
    scorer = [sys.executable, str(shared() / "tools" / "score_reading.py"), str(predicted), str(wanted), "--worst", worst]
    texts = ["--corpus", str(shared() / "corpora" / "casie")] if kind in ("gold", "casie") else []
    return subprocess.run([*scorer, *texts], check=False).returncode


def main() -> int:
    """Writes the records and runs the scorer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shipped", action="store_true", help="read with the shipped weights, which have seen the labels")
    parser.add_argument("--out", type=Path, default=Path("build/predicted.jsonl"))
    parser.add_argument("--worst", default="0")
    parser.add_argument(
        "--on", nargs="+", default=["gold"], choices=("gold", "casie", "feed", "own"), help="whose labels (default: the careful readers')"
    )
    args = parser.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    rows = records([key for kind in args.on for key in keys_of(kind)], not args.shipped)
    return max(table(rows, kind, args.out, args.worst) for kind in args.on)


if __name__ == "__main__":
    sys.exit(main())
