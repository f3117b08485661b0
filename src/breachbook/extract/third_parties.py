"""Through whom or what it was done: suppliers, and makers of the products exploited or exposed, by the words around them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from breachbook.extract.attribution import attribute
from breachbook.extract.candidates import Candidate, facts_of
from breachbook.extract.context import Context, Finding
from breachbook.extract.lexicon import place, word_set
from breachbook.extract.linear_model import LinearModel
from breachbook.extract.mentions import Chunk
from breachbook.extract.party_cues import MENTIONS_LOOKED_AT, in_a_breach, party_features, tells
from breachbook.extract.suppliers import known_supplier, maker_in

MOST_THIRD_PARTIES = 3
LONGEST_ABBREVIATION = 5
ENOUGH = 2
"""Strength by rules, summed over mentions, from which a candidate is spoken of as a supplier."""
CERTAINTIES = ("stated", "likely", "possible", "denied")
"""The surest words of each revision are those that count."""
LIKELY = 0.24
"""Probability from which a candidate is a third party: best F1 over folds of the labelled reports."""

_SUPPLIERS = word_set("third_parties", "suppliers")
_THIRD = word_set("third_parties", "third")
_SUPPLIES = word_set("third_parties", "supplies")
_THINGS = word_set("third_parties", "things")
_OWN_THINGS = word_set("third_parties", "own_things")
_WEAK = word_set("third_parties", "weak")
_EXPOSED = word_set("third_parties", "exposed")
_MADE = word_set("third_parties", "made")
_HARM = word_set("third_parties", "harm")
_PRODUCTS = frozenset({"appliance", "cms", "s3", "software", "suite", "platform"})
"""Words that name a product even alone behind a supplier's name."""
_TAIL = word_set("third_parties", "tail")


@dataclass(slots=True)
class Party:
    """A candidate that is a third party: its name (without the product's), what says so in each revision, its products."""

    candidate: Candidate
    name: str
    start: int
    end: int
    findings: list[Finding] = field(default_factory=list)
    products: list[Finding] = field(default_factory=list)


def third_parties(things: Iterable[Candidate], context: Context, model: LinearModel, hit: Collection[int] = ()) -> list[Party]:
    """The third parties of an incident, the likeliest first. `hit`: the victims, by `id`; one of several may be another's supplier."""
    found: list[tuple[float, Candidate]] = []
    for candidate in things:
        if is_bare_product(candidate) or (len(hit) == 1 and id(candidate) in hit):
            continue
        chance = model.probability(judged_features(candidate, is_hit=id(candidate) in hit))
        if chance >= LIKELY:
            found.append((chance, candidate))
    found.sort(key=lambda pair: -pair[0])
    parties: dict[str, Party] = {}
    for _, candidate in found:
        telling = [c for c in candidate.mentions[:MENTIONS_LOOKED_AT] if strength(c, facts_of(candidate).kinds) or tells(c)]
        party = _party(candidate, telling or candidate.mentions[:1], context)
        parties.setdefault(party.name.lower(), party)
    return list(parties.values())[:MOST_THIRD_PARTIES]


def judged_features(candidate: Candidate, *, is_hit: bool) -> list[str]:
    """What the judge of third parties sees of a candidate."""
    rules = sum(strength(c, facts_of(candidate).kinds) for c in candidate.mentions[:MENTIONS_LOOKED_AT])
    return party_features(candidate, rules, is_hit)


def is_third_party(candidate: Candidate) -> bool:
    """Whether a candidate is spoken of as a supplier, and nowhere in the headline: then it is not a victim beside another."""
    if any(c.sentence.passage == "title" and not in_a_breach(c) for c in candidate.mentions):
        return False
    return sum(strength(c, facts_of(candidate).kinds) for c in candidate.mentions[:MENTIONS_LOOKED_AT]) >= ENOUGH


def _supplies(before: Sequence[str], after: Sequence[str], sentence: set[str]) -> bool:
    """Whether the words around say whose thing was used or broken: "the service was X", "the platform of X", "on X, whose software"."""
    broken = bool(_HARM & sentence or {"used", "uses", "using", "third-party"} & sentence)
    if list(before[-1:]) in (["is"], ["was"]) and (_OWN_THINGS | _SUPPLIERS) & set(before[-2:-1]):
        return True
    if list(before[-1:]) == ["of"] and _OWN_THINGS & set(before[-2:-1]):
        return broken
    return list(after[:2]) == [",", "whose"] and bool(_OWN_THINGS & set(after[2:6])) and broken


def strength(chunk: Chunk, kinds: frozenset[str]) -> int:
    """How much the words around a mention say that it is a third party: 0 nothing, 1 a little, 2 enough."""
    before = [t.lower for t in chunk.tokens[max(0, chunk.first - 6) : chunk.first]]
    after = [t.lower for t in chunk.tokens[chunk.last : chunk.last + 9]]
    sentence = {t.lower for t in chunk.tokens}
    if _supplies(before, after, sentence) or (set(before[-1:]) & _SUPPLIERS and _THIRD & set(before[-4:-1])):
        return 2
    if chunk.sentence.passage == "title" and in_a_breach(chunk):
        return 1
    if "product" in kinds:
        weak = _WEAK & (set(before[-4:]) | set(after[:2])) or (
            _EXPOSED & set(before[-4:]) and (_THINGS & set(after[:2]) or set(before[-2:]) & {"an", "old", "exposed"})
        )
        return 2 if weak else 1 if _THINGS & set(after[:1]) and _HARM & sentence else 0
    if "media" in kinds or "authority" in kinds:
        return 0
    if after[:1] == [","] and {"third", "third-party", "vendor", "supplier", "contractor", "subcontractor", "associate"} & set(after[1:7]):
        return 2
    if before[-2:] in (["contracted", "with"], ["outsourced", "to"]):
        return 2
    if before[-3:-1] in (["made", "by"], ["hosted", "by"]) or (before[-1:] == ["by"] and _MADE & set(before[-2:-1]) and _HARM & sentence):
        return 2
    if chunk.possessive and _OWN_THINGS & set(after[:4]) and (_HARM & sentence or {"third-party", "exploited", "using", "used"} & sentence):
        return 2
    if (
        not chunk.possessive
        and after[:1]
        and after[0] in ("breach", "hack", "compromise", "zero-day", "vulnerability", "vulnerabilities", "flaw")
        and chunk.sentence.passage != "title"
    ):
        return 1
    inside = {t.lower for t in chunk.tokens[chunk.first : chunk.last]}
    if inside & {"appliance", "cms", "s3", "moveit", "goanywhere"} and _HARM & sentence:
        return 2
    if {"third-party", "supplier", "vendor", "provider"} & sentence and {"is", "was", "as", "called", "named"} & set(
        before[-2:] + after[:2]
    ):
        return 1
    return 0


def is_bare_product(candidate: Candidate) -> bool:
    """Whether a name is made of words for products alone ("File Transfer Appliance"): no maker is named by it."""
    return _TAIL.issuperset(candidate.words)


def bare_products(things: Iterable[Candidate]) -> list[Finding]:
    """Products named without their maker, where harm is told of them."""
    found = []
    for candidate in filter(is_bare_product, things):
        told = next((c for c in candidate.mentions if strength(c, frozenset()) >= ENOUGH), None)
        if told is not None:
            found.append(Finding("product", " ".join(told.name.split()), told.start, told.end))
    return found


def _party(candidate: Candidate, says: Sequence[Chunk], context: Context) -> Party:
    name, start, end = _supplier_part(candidate, context.text)
    party = Party(candidate, name, start, end)
    surest: dict[int, tuple[int, Finding]] = {}
    for chunk in says:
        finding = Finding("third_party", name, chunk.start, chunk.end)
        rank = CERTAINTIES.index(attribute(context, finding)[1])
        if chunk.sentence.revision not in surest or rank < surest[chunk.sentence.revision][0]:
            surest[chunk.sentence.revision] = (rank, finding)
    party.findings = [finding for _, finding in surest.values()]
    sure = CERTAINTIES[min((rank for rank, _ in surest.values()), default=0)]
    products = (p for p in _products(candidate, says, context) if p.value != name)
    party.products = [replace(p, certainty=None if sure == "denied" else sure) for p in products][:2]
    return party


def _supplier_part(candidate: Candidate, text: str) -> tuple[str, int, int]:
    """The supplier's name in the fullest form, without its product's words or letters ("Acme FTA", where "Acme" is named too)."""
    full = candidate.fullest
    maker = maker_in(text, full.name, full.start)
    if maker is not None:
        return maker
    last = full.tokens[full.last - 1].word
    if full.last - full.first > 1 and last.isupper() and len(last) <= LONGEST_ABBREVIATION and not place(last):
        short = text[full.start : full.tokens[full.last - 2].end]
        if "product" in facts_of(candidate).kinds or any(c.name == short for c in candidate.forms()):
            return short, full.start, full.tokens[full.last - 2].end
    return _without_product(full, text)


def _without_product(chunk: Chunk, text: str) -> tuple[str, int, int]:
    """The supplier's part of a name that goes on with its product's ("Plone Content Management System")."""
    last = chunk.last
    while last - chunk.first > 1 and chunk.tokens[last - 1].lower in _TAIL:
        last -= 1
    if chunk.last - last == 1 and chunk.tokens[last].lower not in _PRODUCTS:
        last = chunk.last
    end = chunk.tokens[last - 1].end
    return " ".join(text[chunk.start : end].split()), chunk.start, end


def _products(candidate: Candidate, says: Sequence[Chunk], context: Context) -> Iterable[Finding]:
    """Products named with a third party: the name itself, its tail, or what it is said to own."""
    seen: set[str] = set()
    for chunk in (candidate.fullest, *says):
        start, end = chunk.start, chunk.end
        if chunk.possessive:
            own = _OWNED.match(context.text, chunk.end)
            if own is None:
                continue
            start, end = own.span(1)
        elif (
            "product" not in facts_of(candidate).kinds
            and not _is_known_product(chunk)
            and _ends_as_supplier(candidate, chunk, context.text)
        ):
            continue
        value = " ".join(context.text[start:end].split())
        if value.lower() not in seen:
            seen.add(value.lower())
            yield Finding("product", value, start, end)


def _is_known_product(chunk: Chunk) -> bool:
    known = known_supplier(chunk.name)
    return known is not None and known.is_product


def _ends_as_supplier(candidate: Candidate, chunk: Chunk, text: str) -> bool:
    part = _supplier_part(candidate, text) if chunk is candidate.fullest else _without_product(chunk, text)
    return part[2] == chunk.end


_OWNED = re.compile(
    r"['’]s?\s((?:[\w-]{2,20}\s){1,4}?"
    r"(?:appliance|software|platform|system|product|application|transfer service|storage service|tool|plugin|cms|server))\b",
    re.IGNORECASE,
)
