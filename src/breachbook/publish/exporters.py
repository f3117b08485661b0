"""Exporters: records to text, piece by piece. Each checks every record in the pass, so that nothing half-checked leaves the book."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from breachbook import __version__
from breachbook.errors import BreachbookError
from breachbook.model.record import Record
from breachbook.publish.checking import check
from breachbook.publish.wire import to_json


class Exporter(Protocol):
    """One format; one class and one line in `EXPORTERS`."""

    name: str

    def write(self, records: Iterable[Record]) -> Iterator[str]:
        """The records as pieces of text, to be written one after the other.

        Raises:
            ModelError: a record is not backed by its claims.
        """
        ...


def dumped(data: Any) -> str:
    """JSON in ASCII on one line: safe for every encoding and line reader, whatever characters a report holds."""
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"), allow_nan=False)


class JsonDocument:
    """One JSON document: `{"breachbook": VERSION, "records": [...]}`, each record as in docs/record.md.

    When a record fails its check, the document is closed as valid JSON with a member `error` that says so, and the error is raised.
    """

    name = "json"

    def write(self, records: Iterable[Record]) -> Iterator[str]:
        """The document in pieces, one record each."""
        yield f'{{"breachbook":{dumped(__version__)},"records":['
        separator = "\n"
        try:
            for record in records:
                yield separator + dumped(to_json(check(record)))
                separator = ",\n"
        except BreachbookError as error:
            yield f'\n],"error":{dumped(str(error))}}}\n'
            raise
        yield "\n]}\n"


class JsonLines:
    """JSON Lines: one record a line, each as in docs/record.md."""

    name = "jsonl"

    def write(self, records: Iterable[Record]) -> Iterator[str]:
        """One line a record."""
        for record in records:
            yield dumped(to_json(check(record))) + "\n"


EXPORTERS: tuple[Exporter, ...] = (JsonDocument(), JsonLines())
"""All formats that `breachbook export` knows."""
