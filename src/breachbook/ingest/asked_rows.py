"""Names to link, from a file: rows `id`, `name` and what else is known (`country`, `region`, `domain`, `sector`, `aliases`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from breachbook.ingest.reference_files import Row, read_rows
from breachbook.ingest.reference_rows import Told, organisation
from breachbook.ingest.reference_shapes import Shape, shapes
from breachbook.model.reference import Asked, RowProblem

PLAIN = "plain"
"""The shape of a list with a column `name`."""


def asked_rows(path: Path, told: Told) -> Iterator[tuple[str | int, Asked]]:
    """The rows of a file (JSON Lines, or any kind of list that `read_rows` reads) with their ids; what is wrong goes to `told`.

    Raises:
        IngestError: the file cannot be read.
    """
    shape = next(shape for shape in shapes() if shape.name == PLAIN)
    seen: set[str | int] = set()
    for number, row in read_rows(path):
        if isinstance(row, RowProblem):
            told(row)
            continue
        found = _asked(number, row, shape, told)
        if found is not None:
            if found[0] in seen:
                told(RowProblem(number, "duplicate_id", f"another row has the id {str(found[0])[:80]!r}", kept=True))
            seen.add(found[0])
            yield found


def _asked(number: int, row: Row, shape: Shape, told: Told) -> tuple[str | int, Asked] | None:
    id_ = row.get("id")
    if not isinstance(id_, str | int) or isinstance(id_, bool) or not str(id_).strip():
        told(RowProblem(number, "no_id", "has no id"))
        return None
    found = organisation(number, row, shape, "asked", told)
    if found is None:
        return None
    return id_, Asked(found.name, found.domains, found.countries, found.regions, found.sectors, found.aliases)
