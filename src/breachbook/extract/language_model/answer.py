"""The words of an answer to a JSON object of the rough form asked for; what stands in it is checked elsewhere."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from breachbook.extract.language_model.failures import FailureError

_THOUGHTS = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)


def parse(content: str) -> dict[str, Any]:
    """The object that an answer holds, also where words or a code fence stand around it.

    Raises:
        FailureError: it holds none, or one without `relevant` and `incidents`.
    """
    content = _THOUGHTS.sub("", content, count=1).strip()
    if not content:
        raise FailureError("its answer is empty", again=True)
    first, last = content.find("{"), content.rfind("}")
    try:
        found = json.loads(content[first : last + 1] if 0 <= first < last else content, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise FailureError("its answer is not JSON", again=True) from None
    if not isinstance(found, dict) or not isinstance(found.get("relevant"), bool) or not isinstance(found.get("incidents"), list):
        raise FailureError("its answer is not of the form asked for", again=True)
    return found


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON")
