"""Ids from content: the same content has the same id on every machine, so adding it again adds nothing."""

from __future__ import annotations

import hashlib
import json
from typing import Any

ID_HEX_DIGITS = 20
"""80 bits: a chance collision needs about 10^12 records."""


def content_id(prefix: str, *parts: Any) -> str:
    """An id such as `clm-3f9a…` from JSON-able parts."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{prefix}-{digest(text.encode('utf-8', 'surrogatepass'))[:ID_HEX_DIGITS]}"


def digest(data: bytes) -> str:
    """SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
