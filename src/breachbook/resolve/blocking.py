"""Which pairs are worth comparing: those that share a key, and of a key that many share only those with its earliest.

The earliest `block.largest` of a key are compared with each other. Of a strong key, whose bearers may well be one thing (a name, a
domain), the earliest `block.anchors` are compared with all, so that nothing of that key stays alone; a weak key that many share tells
nothing more. So what is added later takes no pair away, and what an adding has to compare does not grow with the book.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from breachbook.resolve.weights import block

Whole = Callable[[str], Sequence[str]]
"""Gives all that bear a key, the earliest first."""


def partners(item: str, key: str, first: Sequence[str], strong: bool, whole: Whole) -> Sequence[str]:
    """With what an item that bears a key is to be compared by it; the item itself may be among them.

    Args:
        item: what is to be compared.
        key: one of its keys.
        first: the earliest `block.largest` that bear the key.
        strong: whether the key is a strong one.
        whole: asked only for an anchor of a strong key that many share.
    """
    anchors = first[: block("anchors")]
    if item not in first:
        return anchors if strong else ()
    if strong and len(first) >= block("largest") and item in anchors:
        return whole(key)
    return first


def pairs(
    items: Iterable[str], keys: Mapping[str, Iterable[str]], partner: Callable[[str, str], Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """Every pair worth comparing once, the smaller id first; `partner` gives those of an item by a key."""
    seen: set[tuple[str, str]] = set()
    for item in items:
        for key in keys[item]:
            for other in partner(item, key):
                pair = (item, other) if item < other else (other, item)
                if item != other and pair not in seen:
                    seen.add(pair)
                    yield pair


def at_the_edge(ranked: Sequence[str], strong: bool, moves: int) -> set[str]:
    """Of the earliest that bear a key, those that may have come to be or ceased to be among the earliest when so many came or went."""
    edges = [block("largest"), *([block("anchors")] if strong else [])]
    return {ranked[place] for edge in edges for place in range(max(0, edge - moves), min(len(ranked), edge + moves))}
