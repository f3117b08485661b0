"""Names for entities, out of the words of claims: the form that most documents use, the best speaker's where they tie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from breachbook.model.claim import Claim
from breachbook.resolve.actor_names import spoken
from breachbook.text.domains import registered
from breachbook.text.names import fold, is_described
from breachbook.vocab.data_files import toml_file
from breachbook.vocab.terms import terms

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip

ATTACKER_VOICE = 0.1
"""What a document in an attacker's voice counts towards a name: their sites list domains and misspelt names."""

INCIDENT_DATES = ("occurred_from", "discovered", "occurred_to", "listed", "disclosed", "notified")
"""The dates of an incident, in the order in which they name it."""


def best_form(claims: Sequence[Claim]) -> str:
    """The form of a name that most documents use; of equals a name rather than a domain, the best speaker's, the fullest."""
    forms = _forms(claims)
    return max(forms, key=lambda form: _strength(form, forms[form]))


def other_forms(claims: Iterable[Claim], name: str) -> tuple[str, ...]:
    """All other forms of a name, described ones left out, those of most documents first."""
    forms = _forms(claims)
    kept = [f for f in forms if _fold(f) != _fold(name) and not is_described(f)]
    return tuple(sorted(kept, key=lambda f: (-len({c.document for c in forms[f]}), f)))


def actor_form(claims: Sequence[Claim]) -> str:
    """An actor's name as most documents write it, without "ransomware gang" and the like; of equals the shortest."""
    documents: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        documents[spoken(str(claim.value))].add(claim.document)
    folded: dict[str, int] = defaultdict(int)
    for form, found in documents.items():
        folded[form.casefold()] += len(found)
    return min(documents, key=lambda f: (-folded[f.casefold()], -len(documents[f]), len(f), f))


def best_date(claims: Iterable[Claim], properties: Sequence[str] = INCIDENT_DATES) -> str | None:
    """The partial date that names an incident: of the first property that is known, the best speaker's surest and latest word."""
    for name in properties:
        found = [c for c in claims if c.property == name and c.certainty != "denied"]
        if found:
            return str(min(found, key=_rank).value)
    return None


def in_words(partial_date: str) -> str:
    """A partial date as month and year (`January 2021`), or the year alone."""
    year, _, rest = partial_date.partition("-")
    return f"{MONTHS[int(rest[:2]) - 1]} {year}" if rest else year


def capitalised(name: str) -> str:
    """A name for people: descriptions and places with a capital at the beginning ("An engineering firm", "City of Atlanta")."""
    place = name.partition(" ")[0] in toml_file("resolve_names.toml")["administrative"]["heads"]
    return name[:1].upper() + name[1:] if place or is_described(name) else name


def listed(names: Sequence[str]) -> str:
    """Names in a row: "A", "A and B", "A, B and 3 others"."""
    if len(names) <= 2:
        return " and ".join(names)
    others = len(names) - 2
    return f"{names[0]}, {names[1]} and {others} other{'s' if others > 1 else ''}"


def _forms(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Claims by the form of the name they use; forms that differ by case or article only count as the one more used."""
    spelt: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        text = " ".join(str(claim.value).split())
        spelt[_fold(text)][text].append(claim)
    merged: dict[str, list[Claim]] = {}
    for found in spelt.values():
        shown = max(found, key=lambda f: (not f.isupper(), _proper(f), len({c.document for c in found[f]}), -len(f), f))
        merged[shown] = [claim for written in found.values() for claim in written]
    return merged


def _proper(form: str) -> bool:
    """Whether it is written as a name: with a capital in its first word ("City of Atlanta", "eBay")."""
    return any(c.isupper() for c in form.partition(" ")[0])


def _strength(form: str, claims: Sequence[Claim]) -> tuple[object, ...]:
    voices: dict[str, float] = {}
    for claim in claims:
        voice = ATTACKER_VOICE if claim.speaker.role == "threat_actor" else 1.0
        voices[claim.document] = max(voices.get(claim.document, 0.0), voice)
    best = min(_ranks()[claim.speaker.role] for claim in claims)
    return not is_described(form), registered(form) is None, round(sum(voices.values()), 3), -best, len(form), form


def _fold(name: str) -> str:
    return fold(name).removeprefix("the ")


@cache
def _ranks() -> dict[str, int]:
    return {term: rank for vocabulary in ("speaker_role", "certainty") for rank, term in enumerate(terms(vocabulary))}


def _rank(claim: Claim) -> tuple[object, ...]:
    """Best first: speaker, certainty, then what was said last."""
    said = tuple(-ord(c) for c in claim.said or "")
    return _ranks()[claim.speaker.role], _ranks()[claim.certainty], not claim.said, said, -claim.revision, str(claim.value), claim.id
