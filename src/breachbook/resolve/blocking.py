"""Which pairs are worth comparing: those that share a key, and in a large block only neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from breachbook.resolve.weights import block

Order = Callable[[str], tuple[Any, ...]]
"""What items of a large block are sorted by."""


def blocks(keys: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Items by key, for keys that more than one item has; keys and items in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for item in sorted(keys):
        for key in dict.fromkeys(keys[item]):
            found[key].append(item)
    return {key: items for key, items in sorted(found.items()) if len(items) > 1}


def pairs(found: Mapping[str, Sequence[str]], orders: Sequence[Order]) -> Iterator[tuple[str, str]]:
    """Every pair worth comparing once, the smaller id first; no block costs more than its length times a constant."""
    seen: set[tuple[str, str]] = set()
    for items in found.values():
        for left, right in _within(items, orders):
            pair = (left, right) if left < right else (right, left)
            if pair not in seen:
                seen.add(pair)
                yield pair


def _within(items: Sequence[str], orders: Sequence[Order]) -> Iterator[tuple[str, str]]:
    if len(items) <= block("largest"):
        for index, left in enumerate(items):
            for right in items[index + 1 :]:
                yield left, right
        return
    for order in orders:
        line = sorted(items, key=lambda item: (order(item), item))
        for index, left in enumerate(line):
            for right in line[index + 1 : index + 1 + block("neighbours")]:
                yield left, right
