"""Facts as JSON and back, by their types: what resolving keeps of a mention between one adding and the next."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")

Unpacker = Callable[[Any], Any]
"""Makes a value of what JSON gave."""


def pack(value: object) -> str:
    """A frozen dataclass of texts, numbers, flags, tuples, frozen sets and such dataclasses, as JSON; equal values give the same bytes."""
    return json.dumps(_plain(value), ensure_ascii=True, separators=(",", ":"))


def unpack(kind: type[T], packed: str) -> T:
    """What `pack` was given, of this class."""
    whole: Any = kind
    made: T = _unpacker(whole)(json.loads(packed))
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, str | int | float | NoneType):
        return value
    if isinstance(value, frozenset):
        return [_plain(item) for item in sorted(value)]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    whole: Any = type(value)
    return [_plain(getattr(value, field)) for field in _fields(whole)]


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _unpacker(kind: Any) -> Unpacker:
    """What makes a value of a type; raises TypeError for a type that facts must not have."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind in (str, int, float, bool) or origin is UnionType:
        return lambda found: found
    if origin is frozenset:
        item = _unpacker(arguments[0])
        return lambda found: frozenset(item(one) for one in found)
    if origin is tuple and arguments[-1] is Ellipsis:
        item = _unpacker(arguments[0])
        return lambda found: tuple(item(one) for one in found)
    if origin is tuple:
        items = [_unpacker(argument) for argument in arguments]
        return lambda found: tuple(make(one) for make, one in zip(items, found, strict=True))
    if is_dataclass(kind):
        whole: Any = kind
        hints = get_type_hints(whole)
        makers = [_unpacker(hints[name]) for name in _fields(whole)]
        return lambda found: whole(*(make(one) for make, one in zip(makers, found, strict=True)))
    raise TypeError(f"facts cannot hold {kind!r}")
