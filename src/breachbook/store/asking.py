"""From what a person types (a record's name or id, a mention, a source) to the pairs of mentions that are to be judged."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from breachbook.errors import AmbiguousError, JudgementError, NotFoundError
from breachbook.model.dossier import EntityRef, ReadDocument
from breachbook.model.entity import Match
from breachbook.model.judgement import DIFFERENT, SAME, Judgement, one_act
from breachbook.model.matched import Asked
from breachbook.store.keys import name_key
from breachbook.store.matched import MatchReader

Find = Callable[[str, str | None], EntityRef]
"""Finds the record that a text means, of a kind or of any."""

MOST_PAIRS = 50_000
"""Pairs of one split: a document with more mentions of a record than 50 against a thousand others is no report of it."""

CANDIDATES = 10
"""How many sources that fit are named."""

JUDGED = "judgement"
"""The part of a match that a person made, not the machine."""

MENTION = re.compile(r"doc-[0-9a-f]{20}#(organisation|actor|incident):[0-9]{1,6}")
_ID = re.compile(r"(?:inc|org|act|cmp)-[0-9a-f]{20}")


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's decision, before it is known on which mentions: the judgement's other parts."""

    decision: str
    who: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class _Thing:
    """A record, and those of its mentions that are meant: one, when it was named as a mention; else all."""

    ref: EntityRef
    mentions: tuple[str, ...]
    single: bool


def pair(reader: MatchReader, find: Find, left: str, right: str, ruling: Ruling, kind: str | None = None) -> Asked:
    """One judgement on two records, or two mentions, or one of each. Of two records it is tied to the pair that the machine
    found most alike, else to their first mentions.

    Raises:
        NotFoundError, AmbiguousError: a side fits nothing, or several records.
        JudgementError: both are one, they are of two kinds, or of a kind that is not judged.
    """
    first, second = _both(reader, find, left, right, kind)
    if first.ref.kind != second.ref.kind:
        raise JudgementError(f"is {_a(first.ref.kind)}, and {second.ref.id} is {_a(second.ref.kind)}; name two of a kind (--kind)",
                             subject=first.ref.id)  # fmt: skip
    if first.ref.id == second.ref.id and not (first.single and second.single):
        raise JudgementError("both are this one record; `split` takes a mention or a source out of it", subject=_told(first.ref))
    best = next(iter(reader.between(first.mentions, second.mentions)), None)
    sides = _oriented(best, first.mentions) if best else (first.mentions[0], second.mentions[0])
    united = tuple(dict.fromkeys(reader.mentions(thing.ref.id) for thing in (first, second))) if ruling.decision == SAME else ()
    return Asked((_judgement(*sides, ruling, best),), united)


def split(reader: MatchReader, find: Find, record: str, part: str, ruling: Ruling, kind: str | None = None) -> Asked:
    """Judgements that keep a mention, or all mentions of a source, apart from every other mention of a record.

    Raises:
        NotFoundError, AmbiguousError: the record or the part fits nothing, or several.
        JudgementError: the part is all there is of the record, or the record is of a kind that is not judged.
    """
    ref = _judged_kind(find(record, kind))
    mentions = reader.mentions(ref.id)
    leaving = _part(reader, ref, mentions, part.strip())
    others = [m for m in mentions if m not in set(leaving)]
    if not others:
        raise JudgementError("is all that the record has; there is nothing to split it from", subject=part[:200])
    if len(leaving) * len(others) > MOST_PAIRS:
        raise JudgementError(f"would be kept apart in more than {MOST_PAIRS:,} pairs; split off one mention at a time", subject=part[:200])
    known = {frozenset((m.left, m.right)): m for m in reader.between(leaving, others)}
    apart = replace(ruling, decision=DIFFERENT)
    return Asked(one_act([_judgement(m, o, apart, known.get(frozenset((m, o)))) for m in leaving for o in others]))


def _both(reader: MatchReader, find: Find, left: str, right: str, kind: str | None) -> tuple[_Thing, _Thing]:
    """Two things; one that is given by a name is looked for among what is of the kind of the other, when this is sure."""
    wanted = kind or _kind(reader, find, left) or _kind(reader, find, right)
    first = _thing(reader, find, left, wanted)
    return first, _thing(reader, find, right, wanted or first.ref.kind)


def _kind(reader: MatchReader, find: Find, text: str) -> str | None:
    """The kind of what an id or a mention names; None for a name, which may fit several kinds."""
    if MENTION.fullmatch(text.strip()):
        return text.partition("#")[2].partition(":")[0]
    return find(text, None).kind if _ID.fullmatch(text.strip()) else None


def _thing(reader: MatchReader, find: Find, text: str, kind: str | None) -> _Thing:
    asked = text.strip()
    if MENTION.fullmatch(asked):
        ref = reader.entity(asked)
        if ref is None:
            raise NotFoundError("the book holds no such mention; `breachbook matches` lists them", subject=asked)
        return _Thing(_judged_kind(ref), (asked,), single=True)
    ref = _judged_kind(find(asked, None if _ID.fullmatch(asked) else kind))
    return _Thing(ref, reader.mentions(ref.id), single=False)


def _judged_kind(ref: EntityRef) -> EntityRef:
    if ref.kind == "campaign":
        raise JudgementError("is a campaign, which follows from its incidents; judge these", subject=_told(ref))
    if ref.kind == "document":
        raise JudgementError("is a source; name a record, or one of the source's mentions (`breachbook matches`)", subject=ref.id)
    return ref


def _part(reader: MatchReader, ref: EntityRef, mentions: Sequence[str], text: str) -> list[str]:
    """The mentions of a record that a mention, or the id, address, title or publisher of a source names."""
    if MENTION.fullmatch(text):
        if text not in mentions:
            raise NotFoundError(f"is no mention of {_told(ref)}; `breachbook matches {ref.id}` lists them", subject=text)
        return [text]
    documents, key = reader.documents(mentions).values(), name_key(text)
    ways = (
        [d for d in documents if text in (d.meta.id, d.meta.url)],
        [d for d in documents if key and name_key(d.meta.title or "") == key],
        [d for d in documents if key and name_key(d.meta.publisher or "") == key],
    )
    for found in ways:
        if len(found) > 1:
            raise AmbiguousError(f"fits {len(found)} sources of {_told(ref)}", subject=text[:200], candidates=_sources(found))
        if found:
            return [m for m in mentions if m.partition("#")[0] == found[0].meta.id]
    raise NotFoundError(f"is no mention or source of {_told(ref)}; `breachbook matches {ref.id}` lists them", subject=text[:200])


def _sources(found: Sequence[ReadDocument]) -> tuple[tuple[str, str], ...]:
    return tuple((document.meta.id, document.meta.title or document.meta.url or "") for document in found)[:CANDIDATES]


def _oriented(match: Match, left: Sequence[str]) -> tuple[str, str]:
    return (match.left, match.right) if match.left in set(left) else (match.right, match.left)


def _judgement(left: str, right: str, ruling: Ruling, shown: Match | None) -> Judgement:
    judgement = Judgement(left, right, ruling.decision, ruling.who, ruling.when, ruling.why)
    if shown is None or any(part == JUDGED for part, _ in shown.parts):
        return judgement
    return replace(judgement, score=shown.score, parts=shown.parts, reason=shown.reason)


def _told(ref: EntityRef) -> str:
    return f"{ref.name} ({ref.id})"


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
