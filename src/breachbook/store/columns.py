"""Column types that hold every Python string on every engine, and compare it the same way there."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

MARK = "\ufdd0"
"""Begins an escaped character: a noncharacter of Unicode, which no text interchanges (The Unicode Standard, 23.7)."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff\ufdd0]")
_ESCAPED = re.compile(MARK + "([0-9a-f]{4})")


def PlainText() -> TypeEngine[str]:
    """Text of ids, terms and keys, ordered by code point on both engines (PostgreSQL would order by locale)."""
    return Text().with_variant(Text(collation="C"), "postgresql")


class ExactText(TypeDecorator[str]):
    """Any Python string, given back exactly: U+0000 (which PostgreSQL refuses) and lone surrogates (which UTF-8 lacks)
    are escaped on the way in and restored on the way out."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Ordered by code point on both engines."""
        return dialect.type_descriptor(Text(collation="C") if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The string as it is stored."""
        return None if value is None else escape(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """The string as it was."""
        return value if value is None or MARK not in value else unescape(value)


def escape(text: str) -> str:
    """`text` with the characters that an engine cannot store written as `MARK` and four hexadecimal digits."""
    return _UNSTORABLE.sub(lambda match: f"{MARK}{ord(match[0]):04x}", text)


def unescape(text: str) -> str:
    """What `escape` was given."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
