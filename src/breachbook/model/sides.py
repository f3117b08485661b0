"""The sides of judgements: taken down from claims when judged, and found again when a document is read anew.

Another reader numbers what a document names otherwise. What is judged is tied to the document and to the names that it was
called by there, so a number alone never decides; a side that is not named any more waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from breachbook.model.claim import Claim, mention_id
from breachbook.model.judgement import Side
from breachbook.text import names

MOST = 20
"""Names or details of a side that are kept; a document calls nothing by more names than this."""

LONGEST = 300
"""Characters of a name that are kept; no organisation's is longer (see `store.keys.LONGEST_KEY`)."""

NAMED_BY = {
    "organisation": (("victim", "third_party", "product"), ("alias", "domain")),
    "actor": (("actor",), ("actor_alias",)),
    "incident": ((), ("victim",)),
}
"""By kind, the properties whose value names their object, and those whose value names their subject."""

DETAILS = ("occurred_from", "occurred_to", "discovered", "listed", "disclosed", "notified", "actor", "people_affected",
           "records_affected", "third_party", "campaign")  # fmt: skip
"""Properties by which two incidents of one victim in one document are told apart."""


def side(mention: str, claims: Iterable[Claim]) -> Side | None:
    """What a mention is by the claims of its document; None when the document names no such thing."""
    return next((found for found in _sides(mention, claims) if found.mention == mention), None)


def present(judged: Side, claims: Iterable[Claim]) -> str:
    """The mention that a side is now, by the claims of its document's newest reading; `waiting(…)` when there is none.

    It is the one that shares most names, then most details, then has the same number; among several that share as much and
    have another number none is taken. A side without names is found by its number if that still has no name, and an incident
    that is the only one of its document, before and now, by that.
    """
    found = _sides(judged.mention, claims)
    keys = _keys(judged.names)
    alike = [(len(keys & _keys(s.names)), len({*judged.details} & {*s.details}), s.mention == judged.mention, s.mention) for s in found]
    best = max(alike, default=None)
    if best is not None and best[0]:
        equal = [a for a in alike if a[:3] == best[:3]]
        return best[3] if len(equal) == 1 else waiting(judged.mention)
    if not judged.names and any(s.mention == judged.mention and not s.names for s in found):
        return judged.mention
    if _kind(judged.mention) == "incident" and judged.alone and len(found) == 1:
        return found[0].mention
    return waiting(judged.mention)


def waiting(mention: str) -> str:
    """The mention that stands for a side which the newest reading of its document does not name."""
    document, _, local = mention.partition("#")
    kind, _, number = local.partition(":")
    return mention_id(document, f"{kind}:-{number}")


def _sides(mention: str, claims: Iterable[Claim]) -> list[Side]:
    """Everything of a mention's kind that its document names, in the order of the text."""
    document, _, local = mention.partition("#")
    kind = local.partition(":")[0]
    of_object, of_subject = NAMED_BY.get(kind, ((), ()))
    named: dict[str, list[str]] = {}
    details: dict[str, list[str]] = {}
    for claim in claims:
        if claim.document != document:
            continue
        for other, naming in ((claim.subject, of_subject), (claim.object, of_object)):
            if other and other.partition(":")[0] == kind:
                called = named.setdefault(other, [])
                if claim.property in naming:
                    called.append(str(claim.value)[:LONGEST])
        if kind == "incident" and claim.subject in named and claim.property in DETAILS:
            details.setdefault(claim.subject, []).append(f"{claim.property}={claim.value}"[:LONGEST])
    return [Side(mention_id(document, n), _some(called), _some(details.get(n, ())), len(named) == 1) for n, called in named.items()]


def _some(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(values)))[:MOST]


def _keys(called: Sequence[str]) -> set[str]:
    return {names.parse(name).key or name.casefold() for name in called}


def _kind(mention: str) -> str:
    return mention.partition("#")[2].partition(":")[0]
