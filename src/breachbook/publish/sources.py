"""The documents that a record rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from breachbook.model.document import DocumentMeta
from breachbook.model.record import Source
from breachbook.publish.weighing import Weighed
from breachbook.text.partial_dates import latest


def sources(by_property: Iterable[Iterable[Weighed]]) -> tuple[Source, ...]:
    """The documents of the claims, oldest first (undated ones last), each with how many claims it gives."""
    metas: dict[str, DocumentMeta] = {}
    counts: Counter[str] = Counter()
    for given in by_property:
        for w in given:
            metas[w.meta.id] = w.meta
            counts[w.meta.id] += 1
    return tuple(
        Source(m.id, m.title, m.publisher, m.publisher_role, m.published, m.url, counts[m.id]) for m in sorted(metas.values(), key=_place)
    )


def _place(meta: DocumentMeta) -> tuple[str, int, str]:
    return latest(meta.published).isoformat() if meta.published else "undated", meta.sequence, meta.id
