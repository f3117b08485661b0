"""Signs that a name is that of a third party: a supplier through which the victim was hit, or the maker of what was exploited or open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from breachbook.extract.candidates import Candidate, facts_of
from breachbook.extract.mentions import Chunk
from breachbook.extract.part_cues import Surround, agent, head_after, head_before, verb_after
from breachbook.extract.suppliers import known_supplier

MENTIONS_LOOKED_AT = 12
OFTEN = 3
"""A sign is often there when at least one mention in so many has it."""

GROUPS: Mapping[str, frozenset[str]] = {
    group: frozenset(names.split())
    for group, names in {
        "flaw": "flaw-in flaw-after in<flaw of<flaw",
        "open": "exposed-before exposed-after thing-after",
        "served": "served-by by<served on<served to<served with<served uses clause-serves serves does=served",
        "supplier": "head=supplier apposed=supplier tail=supplier supplier-before third-before customer-of customers-after",
        "event": "event-at event-after title-breach of<event to<event on<event",
        "product": "product-after owns-product owns-thing head=product tail=product named-head=product apposed=product",
        "firm": "head=firm apposed=firm named-head=firm",
        "other": """hire-before expert-before expert-after security-before security-after does=speak head=security apposed=security
        apposed=expert tail=security""",
    }.items()
}
"""Signs by what they tell; `other` are signs of who only explains or helps."""
ENOUGH = 2
"""Strength by rules from which they say that a name is a supplier's."""
TELLING = frozenset({"flaw", "open", "served", "supplier", "event"})
_EVENTS = frozenset("breach hack attack cyberattack cyber-attack incident compromise zero-day".split())


def in_a_breach(chunk: Chunk) -> bool:
    """Whether a headline names the breach after it ("… taken in Acme breach"), which is how a supplier's breach is named."""
    return chunk.before() in ("in", "via", "through", "after", "from", "of") and chunk.after() in _EVENTS


def signs(chunk: Chunk) -> set[str]:
    """The signs of one mention."""
    around = Surround(chunk)
    found = {*head_before(around), *head_after(around), *verb_after(around), *agent(around), *_before(around), *_after(around)}
    return {sign for sign in found if not sign.startswith("far-head")}


def tells(chunk: Chunk) -> bool:
    """Whether a mention has a sign that its bearer is a third party."""
    found = signs(chunk)
    return any(found & GROUPS[group] for group in TELLING)


def _before(around: Surround) -> Iterator[str]:
    words = around.before
    if around.near_before("flaw", 5) and {"in", "of"} & set(words[:4]):
        yield "flaw-in"
    if "by" in words[:2] and around.near_before("served", 4):
        yield "served-by"
    if any("event" in kinds for kinds in around.before_sorts[1:4]) and {"at", "of", "on", "to", "in"} & set(words[:3]):
        yield "event-at"
    if {"uses", "use", "used", "using", "runs", "running"} & set(words[:3]):
        yield "uses"
    if "of" in words[:2] and around.near_before("customer", 5):
        yield "customer-of"
    for sort, within in (("exposed", 4), ("supplier", 4), ("hire", 4), ("expert", 4), ("security", 3)):
        if around.near_before(sort, within):
            yield f"{sort}-before"
    if around.near_before("third", 4) and around.near_before("supplier", 5):
        yield "third-before"


def _after(around: Surround) -> Iterator[str]:
    words, kinds, chunk = around.after, around.after_sorts, around.chunk
    for sort, within in (("flaw", 3), ("exposed", 6), ("security", 3), ("expert", 4), ("supplier", 6)):
        if around.near_after(sort, within):
            yield f"{sort}-after"
    if kinds:
        yield from (f"{name}-after" for name in ("thing", "product", "event") if name in kinds[0])
        if "customer" in kinds[0]:
            yield "customers-after"
        if "served" in kinds[0]:
            yield "serves"
    if chunk.possessive:
        yield from (f"owns-{sort}" for sort in ("product", "thing") if around.near_after(sort, 4))
    if words[:1] == [","]:
        if {"which", "whose", "that", "who", "a", "an", "the"} & set(words[1:3]):
            yield "clause"
        if any("served" in k for k in kinds[1:6]):
            yield "clause-serves"
    if chunk.sentence.passage == "title" and in_a_breach(chunk):
        yield "title-breach"


def party_features(candidate: Candidate, strength: int, is_hit: bool) -> list[str]:
    """What a candidate looks like as a third party, as feature names. `strength`: what the rules say; `is_hit`: whether it is a victim."""
    known = known_supplier(candidate.name)
    maker = "" if known is None else "wide" if known.is_wide else "maker"
    found: set[str] = set(_name_features(candidate))
    counts: Counter[str] = Counter()
    mentions = candidate.mentions[:MENTIONS_LOOKED_AT]
    for chunk in mentions:
        here, groups = _mention(chunk)
        found |= here
        counts.update(groups)
    good = sum(group in TELLING for group in counts)
    for group, count in counts.items():
        found |= {f"g={group}>={n}" for n in (1, 2) if count >= n} | ({f"{maker}&{group}"} if maker else set())
        if OFTEN * count >= len(mentions):
            found.add(f"often={group}")
    if known is not None:
        found |= {"known", f"known={maker}{'-product' if known.is_product else ''}", *(f"{maker}&good>={n}" for n in (1, 2) if good >= n)}
    if is_hit:
        found |= {"hit", *(f"hit&{group}" for group in counts)}
    if strength >= ENOUGH:
        found |= {f"rule&{group}" for group in counts}
    found |= {f"good>={n}" for n in (1, 2, 3) if good >= n} | {f"rule>={n}" for n in (1, ENOUGH, 2 * ENOUGH) if strength >= n}
    found |= {f"count>={n}" for n in (2, 4, 8) if len(candidate.mentions) >= n}
    return sorted(found)


def _name_features(candidate: Candidate) -> Iterator[str]:
    facts = facts_of(candidate)
    yield from (f"kind={kind}" for kind in facts.kinds)
    flags = (("person", facts.is_person), ("place", facts.place), ("registered", facts.registered), ("org-word", facts.sectors))
    yield from (name for name, holds in (*flags, ("actor", facts.actor)) if holds)


def _mention(chunk: Chunk) -> tuple[set[str], set[str]]:
    """The signs of a mention with those that come together, and the groups of its signs."""
    found = signs(chunk)
    groups = {group for group, members in GROUPS.items() if members & found}
    for pair in (("flaw", "product"), ("supplier", "served"), ("event", "supplier"), ("event", "firm")):
        if groups.issuperset(pair):
            found.add("&".join(pair))
    if chunk.sentence.passage == "title":
        found |= {"title", *(f"title&{group}" for group in groups)}
    elif chunk.sentence.index <= LEAD:
        found.add("lead")
    return found, groups


LEAD = 3
"""Number of the last sentence that belongs to the lead (the headline is the first)."""
