"""One incident or several: a round-up tells of one victim after the other, each with its own numbers; else the victims share one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from breachbook.extract.context import Context
from breachbook.extract.story import Incident, Organisation

LEAST_SENTENCES = 2
"""Sentences that each incident of a round-up has at least."""
MOST_INCIDENTS = 12

_NUMBER = re.compile(r"\d")


def split(organisations: Sequence[Organisation], victims: Sequence[int], context: Context) -> list[Incident]:
    """The incidents of the victims (indices of organisations): one with all of them, or one each, with the sentences that tell of it."""
    if len(victims) < 2:
        return [Incident(victims=list(victims))]
    spans = [(_body_sentences(organisations[v], context), v) for v in victims]
    if any(not sentences for sentences, _ in spans):
        return [Incident(victims=list(victims))]
    spans.sort(key=lambda pair: pair[0][0])
    firsts = [sentences[0] for sentences, _ in spans]
    body = [s.index for s in context.sentences if s.passage != "title"]
    ends = [*firsts[1:], body[-1] + 1]
    for (sentences, _), end in zip(spans, ends, strict=True):
        inside = [s for s in sentences if s < end]
        if len(sentences) - len(inside) > len(sentences) // 4 or not _stands_alone(context, sentences[0], end):
            return [Incident(victims=list(victims))]
    prominence = {v: i for i, v in enumerate(victims)}
    made = [
        (prominence[v], Incident(victims=[v], sentences=frozenset(range(first, end))))
        for (_, v), first, end in zip(spans, firsts, ends, strict=True)
    ]
    return [incident for _, incident in sorted(made, key=lambda pair: pair[0])][:MOST_INCIDENTS]


def _body_sentences(organisation: Organisation, context: Context) -> list[int]:
    found = (context.sentence_at(m.start) for m in organisation.mentions)
    return sorted({s.index for s in found if s is not None and s.passage != "title"})


def _stands_alone(context: Context, first: int, end: int) -> bool:
    """Whether the sentences from `first` to `end` can tell of an incident of their own: enough of them, with a number."""
    words = [context.words(s) for s in context.sentences[first:end]]
    return len(words) >= LEAST_SENTENCES and any(_NUMBER.search(w) for w in words)
