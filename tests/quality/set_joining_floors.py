"""Sets the floors of joining anew, on purpose: `python tests/quality/set_joining_floors.py [--lower]`.

Measures joining on the project's own reports and on the example case file (`python -m training.evaluate_joining` shows the pairs) and
writes `told_floors.toml`: the digest of the data, and for each figure its present F1 less the margin of `set_floors.py`. Without
`--lower` no floor falls.
"""

from __future__ import annotations

import argparse
import hashlib
import runpy
import sys
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FLOORS = HERE / "told_floors.toml"
READING = runpy.run_path(str(HERE / "set_floors.py"))
JOINING = runpy.run_path(str(HERE.parents[1] / "training" / "evaluate_joining.py"))

AIMED = 0.92
"""No figure of resolving alone may have a lower floor, whatever `--lower` says: the least that the project promises."""

HEAD = """\
# Floors of pairwise F1 of joined reports. Made by `python tests/quality/set_joining_floors.py`; do not edit.
# `hand`: resolving alone, from the labels' own facts; `reader`: from what the offline reader makes of the texts.
"""


def digest() -> str:
    """SHA-256 of the reports and labels of all sets, in order."""
    files = [path for paths, labels in JOINING["SETS"].values() for path in (*paths, labels)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def measured() -> dict[str, Any]:
    """The figures of every set, by hand and through the reader, as `SET_HOW`."""
    return {f"{name}_{how}": JOINING["measured"](name, how) for name in JOINING["SETS"] for how in ("hand", "reader")}


def floors() -> tuple[str, dict[str, float]]:
    """The digest and the floors in force."""
    data = tomllib.loads(FLOORS.read_text("utf-8"))
    return data["digest"], data["floors"]


def main() -> int:
    """Writes the floors; 1 when one would have to fall and may not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--lower", action="store_true", help="also lower floors")
    lower = parser.parse_args().lower
    now = {name: figures.f1 for name, figures in measured().items()}
    new, fallen = READING["raised"](floors()[1] if FLOORS.exists() else {}, now, lower)
    fallen = [*([] if lower else fallen), *(name for name, floor in new.items() if name.endswith("_hand") and floor < AIMED)]
    for name in fallen:
        print(f"{name}: {now.get(name, 0.0):.4f} is too low", file=sys.stderr)
    if fallen:
        return 1
    FLOORS.write_text("\n".join([f'{HEAD}digest = "{digest()}"\n\n[floors]', *(f"{name} = {new[name]:.4f}" for name in new), ""]), "utf-8")
    print(f"wrote {FLOORS}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
