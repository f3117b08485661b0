"""Partial dates: `YYYY`, `YYYY-MM` or `YYYY-MM-DD` as text, and the span of days each may mean."""

from __future__ import annotations

import calendar
import re
from datetime import date

PARTIAL_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
"""The form of a partial date (ISO 8601, reduced precision)."""


def is_partial_date(value: str) -> bool:
    """Whether `value` is a partial date that the calendar has (years 1 to 9999)."""
    if not PARTIAL_DATE.fullmatch(value):
        return False
    try:
        earliest(value)
    except ValueError:
        return False
    return True


def earliest(value: str) -> date:
    """The first day a partial date may mean.

    Raises:
        ValueError: the calendar has no such day.
    """
    year, month, day = (*(int(part) for part in value.split("-")), 1, 1)[:3]
    return date(year, month, day)


def latest(value: str) -> date:
    """The last day a partial date may mean.

    Raises:
        ValueError: the calendar has no such day.
    """
    parts = [int(part) for part in value.split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return date(year, month, day)


def overlap(left: str, right: str) -> bool:
    """Whether two partial dates may mean the same day."""
    return earliest(left) <= latest(right) and earliest(right) <= latest(left)
