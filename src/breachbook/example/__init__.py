"""The example case file: reports that the project wrote itself, in its own words, from public facts.

Each imitates its kind (a statement, a radio item, a blog with an update, a commissioner's finding, a leak-site listing, a round-up).
Names of papers, stations and blogs are invented, and every link uses the reserved domain `.example`; the words put into
the mouths of organisations and authorities render public facts and are not quotations.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

CASE_FILES = ("durham", "accellion", "equifax", "namesakes", "claims", "roundup")
"""The case files, in the order in which they are loaded."""


def case_files() -> tuple[Path, ...]:
    """The paths of the example's JSON Lines files."""
    folder = Path(str(files("breachbook.example")))
    return tuple(folder / f"{name}.jsonl" for name in CASE_FILES)
