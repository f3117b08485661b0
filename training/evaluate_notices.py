"""Scores the reader on notices that it did not learn from: the victims of California's and the health portal's, and the labelled ones.

python -m training.evaluate_notices [--show]

The victim is the column `name` (`Name`), where the text names it: the name, or all core words of it, stand in the text. Names are
the same by the rule of the labels' scorer (`training.roles.same`). Half of the notices (every other one of California's, every
eighth of the health portal's) are learned from (`training.roles.notices`); only the others are measured. The victim's form is
reported too: a notice counts as found when the name or an alias of any victim is the same, as strictly when the first victim's is.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from breachbook.extract.candidates import core_words
from breachbook.extract.reader import OfflineReader
from breachbook.extract.report_record import report_record
from training.corpus import document, gold, shared, table
from training.roles import norm, same


def notices() -> Iterator[tuple[str, str, str, str]]:
    """Kind, id, name and text of the notices that nothing was learned from."""
    for index, row in enumerate(table("ca_ag", "notices.csv")):
        if index % 2 and row["abstract"].strip():
            yield "california", f"ca_ag:{row['name']}|{row['date']}", row["name"], row["abstract"]
    for index, row in enumerate(table("hhs", "notices.csv")):
        if index % 8 and row["Web Description"].strip():
            yield "health", f"hhs:{row['Name']}|{row['Breach Submission Date']}", row["Name"], row["Web Description"]


def is_named(name: str, text: str) -> bool:
    """Whether a text names an organisation: by its name as it is written, or by all its core words, one behind the other."""
    words, core = " ".join(norm(text)), " ".join(norm(" ".join(core_words(name))))
    return f" {core} " in f" {words} "


def main() -> int:
    """Prints the share of victims found a kind of notices, and the labels' scorer on the labelled ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print what was missed")
    args = parser.parse_args()
    reader = OfflineReader()
    counts: dict[tuple[str, str], int] = {}
    for kind, key, name, text in notices():
        if not is_named(name, text):
            continue
        made = document(None, text, id=key)
        record = report_record(made, reader.read(made))
        victims = [[v["name"], *v["aliases"]] for i in record["incidents"] for v in i["victims"]]
        found = any(same(name, form) for forms in victims for form in forms)
        first = bool(victims) and any(same(name, form) for form in victims[0])
        for what, hit in (("named", True), ("relevant", record["relevant"]), ("found", found), ("first", first)):
            counts[kind, what] = counts.get((kind, what), 0) + hit
        if args.show and not found:
            print(kind, repr(name), "| got", record["relevant"], [v[:3] for v in victims], "|", " ".join(text.split())[:400])
    for (kind, what), count in counts.items():
        print(f"{kind:12}{what:10}{count:6d}{count / counts[kind, 'named']:8.3f}")
    return _labelled(reader)


def _labelled(reader: OfflineReader) -> int:
    """The labels' scorer on the labelled notices; none of them is learned from."""
    texts = {f"ca_ag:{r['name']}|{r['date']}": r["abstract"] for r in table("ca_ag", "notices.csv")}
    texts |= {f"hhs:{r['Name']}|{r['Breach Submission Date']}": r["Web Description"] for r in table("hhs", "notices.csv")}
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "notices.jsonl"
        rows = [report_record(made, reader.read(made)) for key in gold("notices") if (made := document(None, texts[key], id=key))]
        out.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n", "utf-8")
        scorer = [sys.executable, str(shared() / "tools" / "score_reading.py"), str(out), str(shared() / "gold" / "notices.jsonl")]
        return subprocess.run([*scorer, "--worst", "0"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
