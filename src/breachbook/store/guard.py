"""The one place that keeps a failure on one thing from losing another: it becomes a refusal, with a reason code."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from breachbook.errors import BreachbookError, IngestError, SettingsError, StoreError
from breachbook.model.document import Refusal

LONGEST_DETAIL = 500
"""Characters of a failure kept with a refusal."""

FRAMES = 3
"""Innermost calls named with an unexpected failure."""

Given = ParamSpec("Given")
Result = TypeVar("Result")


def attempt(origin: str, work: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result | Refusal:
    """The work's result, or why the one thing that it is about was refused: an `IngestError`'s own code, else `internal_error`.

    Raises:
        StoreError: the store fails, and with it everything else.
        SettingsError: a setting cannot be used, and everything else would fail for the same reason.
    """
    try:
        return work(*args, **kwargs)
    except (StoreError, SettingsError):
        raise
    except IngestError as error:
        return Refusal(origin, error.code, str(error)[:LONGEST_DETAIL])
    except BreachbookError as error:
        return Refusal(origin, "internal_error", str(error)[:LONGEST_DETAIL])
    except Exception as error:  # noqa: BLE001 - a defect in a stage must not lose other documents; it leaves a row
        return Refusal(origin, "internal_error", _summary(error))


def _summary(error: Exception) -> str:
    calls = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    where = " > ".join(f"{Path(call.filename).name}:{call.lineno} {call.name}" for call in calls)
    return f"{type(error).__name__} at {where}: {error}"[:LONGEST_DETAIL]
