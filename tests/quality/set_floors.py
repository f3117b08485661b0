"""Sets the floors of the quality gate anew, on purpose: `python tests/quality/set_floors.py [--lower]`.

Reads the labelled reports with the offline reader and writes `floors.toml`: the digest of the data, and for every field its
present F1 less `MARGIN`. Without `--lower` no floor falls: where the present figure is below one, nothing is written and the exit
code is 1. Lower a floor only for a reason that the commit message gives.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tomllib
from pathlib import Path

from breachbook.scoring.table import Score
from breachbook.serve.scored import labelled
from breachbook.settings import load

HERE = Path(__file__).parent
REPORTS, LABELS, FLOORS = HERE / "reports.jsonl", HERE / "labels.jsonl", HERE / "floors.toml"

MARGIN = 0.005
"""How far below the present figure a floor is set: less than one value more or less makes in the larger fields, so that only
changes of rounding and of library versions pass."""

HEAD = """\
# Floors of the offline reader's F1 on the reports of this folder. Made by `python tests/quality/set_floors.py`; do not edit.
# Rises are written by that command; a floor is lowered only with --lower and a reason in the commit message.
"""


def digest() -> str:
    """SHA-256 of the reports and then the labels."""
    return hashlib.sha256(REPORTS.read_bytes() + LABELS.read_bytes()).hexdigest()


def measured() -> Score:
    """The offline reader's score on the reports of this folder."""
    return labelled(load({}), LABELS, REPORTS, reader="offline").score()


def present(found: Score) -> dict[str, float]:
    """The figures that have a floor: the F1 of every field for which the labels hold a value, `grounded`, and the mean."""
    fields = {field: figures.f1 for field, figures in found.fields.items() if figures.gold}
    return {**fields, "grounded": found.grounded.f1, "macro": found.macro}


def floors() -> tuple[str, dict[str, float]]:
    """The digest and the floors in force."""
    data = tomllib.loads(FLOORS.read_text("utf-8"))
    return data["digest"], data["floors"]


def raised(old: dict[str, float], now: dict[str, float], lower: bool) -> tuple[dict[str, float], list[str]]:
    """New floors, and the fields whose figure lies below the old floor. `grounded` has no margin: it is 1 or wrong."""
    new = {field: figure if field == "grounded" else max(round(figure - MARGIN, 4), 0.0) for field, figure in now.items()}
    fallen = [field for field, floor in old.items() if now.get(field, 0.0) < floor]
    return (new if lower else {field: max(floor, old.get(field, 0.0)) for field, floor in new.items()}), fallen


def written(digest: str, floors: dict[str, float]) -> str:
    """The text of floors.toml."""
    return "\n".join([f'{HEAD}digest = "{digest}"\n\n[floors]', *(f"{field} = {floor:.4f}" for field, floor in floors.items()), ""])


def main() -> int:
    """Writes the floors; 1 when one would have to fall and may not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lower", action="store_true", help="also lower floors")
    arguments = parser.parse_args()
    old = floors()[1] if FLOORS.exists() else {}
    now = present(measured())
    new, fallen = raised(old, now, arguments.lower)
    for field in fallen:
        print(f"{field}: {now.get(field, 0.0):.4f} is below its floor of {old[field]:.4f}", file=sys.stderr)
    if fallen and not arguments.lower:
        print("Nothing is written; say --lower to lower floors, and why in the commit message.", file=sys.stderr)
        return 1
    FLOORS.write_text(written(digest(), new), "utf-8")
    print(f"wrote {FLOORS}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
