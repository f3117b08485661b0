"""Files of labels and of report records: one JSON object a line, checked before anything is scored."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from breachbook.errors import RequestError
from breachbook.scoring.fields import COUNTS, DATES, NAMED, TERMS

Check = Callable[[Any], bool]

LARGEST_AMOUNT = 1e18
"""No sum of money in a report is larger; what is, is a slip or an attack on the arithmetic."""


def read_records(path: Path) -> dict[str, dict[str, Any]]:
    """The labels or report records of a file, by id, in its order.

    Raises:
        RequestError: it cannot be read, a line is not a record of the documented shape (its number is said), or an id stands twice.
    """
    found: dict[str, dict[str, Any]] = {}
    for number, line in _lines(path):
        place = f"line {number}"
        row = _object(path, place, line)
        fault = _fault(row)
        if fault:
            raise RequestError(fault, subject=str(path), property=place)
        if row["id"] in found:
            raise RequestError(f"the id {row['id'][:80]!r} stands twice", subject=str(path), property=place)
        found[row["id"]] = row
    if not found:
        raise RequestError("it holds no records", subject=str(path))
    return found


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise RequestError(f"cannot be read: {error.strerror}", subject=str(path)) from error


def _object(path: Path, place: str, line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise RequestError(f"it is not JSON in UTF-8: {str(error)[:120]}", subject=str(path), property=place) from error
    if not isinstance(row, dict):
        raise RequestError("it is not a JSON object", subject=str(path), property=place)
    return row


def _fault(row: Mapping[str, Any]) -> str | None:
    """What is wrong with the shape of a record, in words; None when nothing is."""
    if not isinstance(row.get("id"), str) or not row["id"]:
        return "'id' must be a text"
    if not isinstance(row.get("relevant"), bool):
        return "'relevant' must be true or false"
    if not _list_of(_is_object)(row.get("incidents", [])):
        return "'incidents' must be a list of objects"
    for number, incident in enumerate(row.get("incidents") or (), 1):
        for field, (check, wanted) in SHAPES.items():
            value = incident.get(field)
            if value is not None and not check(value):
                return f"'{field}' of incident {number} must be {wanted}, or null"
    return None


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _list_of(check: Check) -> Check:
    return lambda value: isinstance(value, list) and all(check(item) for item in value)


def _is_named(value: Any) -> bool:
    """A named thing: a text, or an object whose `name` is a text, `aliases` texts, and the rest texts or null."""
    if _is_text(value):
        return True
    return (
        _is_object(value)
        and _is_text(value.get("name"))
        and _list_of(_is_text)(value.get("aliases") or [])
        and all(value.get(key) is None or _is_text(value[key]) for key in ("country", "sector", "domain", "product"))
    )


def _is_victim(value: Any) -> bool:
    return _is_object(value) and _is_named(value)


def _is_count(value: Any) -> bool:
    return _is_object(value) and _is_whole(value.get("value"))


def _is_money(value: Any) -> bool:
    amount = value.get("amount") if _is_object(value) else None
    return value is None or (isinstance(amount, int | float) and not isinstance(amount, bool) and abs(amount) < LARGEST_AMOUNT)


def _is_ransom(value: Any) -> bool:
    return _is_object(value) and _is_money(value.get("demanded")) and (value.get("paid") is None or _is_text(value["paid"]))


def _are_dates(value: Any) -> bool:
    return _is_object(value) and all(value.get(key) is None or _is_text(value[key]) for key in DATES)


SHAPES: Mapping[str, tuple[Check, str]] = {
    "victims": (_list_of(_is_victim), "a list of objects with a 'name'"),
    **dict.fromkeys(NAMED, (_list_of(_is_named), "a list of texts or of objects with a 'name'")),
    **dict.fromkeys(TERMS, (_list_of(_is_text), "a list of texts")),
    "dates": (_are_dates, f"an object of texts, of {', '.join(DATES)}"),
    **dict.fromkeys(COUNTS, (_is_count, "an object with a whole number as 'value'")),
    "data_volume_bytes": (_is_whole, "a whole number"),
    "ransom": (_is_ransom, "an object of 'demanded' (with a number as 'amount'), 'paid' and 'paid_amount'"),
    "confirmed_by_victim": (_is_text, "a text"),
    "claimed_by_actor": (lambda value: isinstance(value, bool), "true or false"),
    "evidence": (_is_object, "an object of quotes"),
}
"""What each key of an incident must be, and that in words; a key may also be left out or null."""
