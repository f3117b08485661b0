"""Who did it, as the text names them: groups, handles, people charged; by the words that introduce them and a learned judge."""

from __future__ import annotations

import re
from collections.abc import Sequence

from breachbook.extract.candidates import Candidate, facts_of
from breachbook.extract.lexicon import fold_name, word_set
from breachbook.extract.linear_model import LinearModel
from breachbook.extract.malware import key, known_names
from breachbook.extract.mentions import Chunk
from breachbook.extract.part_cues import Surround, agent, head_after, head_before, sorts, standing, verb_after
from breachbook.extract.roles import Judged
from breachbook.extract.victims import is_tool

LIKELY = 0.42
"""Probability from which a candidate counts as an attacker: best F1 over folds of the labelled reports."""
MENTIONS_LOOKED_AT = 12
MOST_ACTORS = 6
"""Attackers read of one report; a charge sheet names about five."""

_GROUP = word_set("actors", "group")
_NAMED = word_set("actors", "named")
_BY_VERBS = word_set("actors", "by_verbs")
_DOES = word_set("actors", "does")
_CHARGED = word_set("actors", "charged")
_FIELD = word_set("actors", "field")
_TELLING = frozenset({"introduced", "group-before", "by", "does,field", "attributed", "sentence-responsibility", "group-after"})
"""Cues that say of a mention, not of the name, that its bearer did it."""
_PUT_OUT = frozenset({"published", "publishes", "dumped", "posted", "posts", "listed", "lists", "released"})
_CLOSE = 7
"""Words before a name among which the words that introduce an attacker stand."""


def actor_features(candidate: Candidate) -> list[str]:
    """What a candidate looks like as an attacker, as feature names: what its name tells, and the cues of its mentions."""
    facts = facts_of(candidate)
    found: set[str] = set()
    marks = {name for name, holds in (("person", facts.is_person), (f"galaxy={facts.actor}", facts.actor)) if holds}
    for chunk in candidate.mentions[:MENTIONS_LOOKED_AT]:
        here = _around(chunk)
        found |= here | {f"person,{cue}" for cue in here if facts.is_person and cue.startswith("sentence-")}
        joined, stands = _joined_cues(chunk), set(standing(Surround(chunk)))
        found |= joined | stands | {f"{mark}&{cue}" for mark in marks for cue in joined}
        if joined & _AS_MALWARE:
            found.add("as-malware")
        if joined & _STRONG and not stands & {"like", "denied"}:
            found |= {"strong", *(f"strong,{place}" for place in stands if place.startswith("at="))}
    if key(candidate.name) in known_names():
        found.add("known-malware")
    first = candidate.mentions[0]
    if first.tokens[first.last - 1].lower in _GROUP:
        found.add("name-group")
    flags = (("place", facts.place), ("registered", facts.registered), ("org-word", facts.sectors))
    found |= marks | {f"kind={k}" for k in facts.kinds} | {name for name, holds in flags if holds}
    found.add(f"count={sum(len(candidate.mentions) >= n for n in (2, 4, 8))}")
    return sorted(found)


def _joined_cues(chunk: Chunk) -> set[str]:
    """How a mention is joined to words that tell of attackers."""
    around = Surround(chunk)
    found = {*head_before(around), *head_after(around), *verb_after(around), *agent(around)}
    if around.after[:1] == [","] and around.after[2:3] == [","] and around.after[1].isdigit():
        found.add("age")
    for name, sort, before, after in _NEAR:
        if around.near_before(sort, before):
            found.add(f"{name}-before")
        if around.near_after(sort, after):
            found.add(f"{name}-after")
    if chunk.possessive and around.near_after("site", 3):
        found.add("own-site")
    inside = {sort for t in chunk.tokens[chunk.first : chunk.last] for sort in sorts().get(t.lower, ())}
    return found | {f"in={sort}" for sort in inside & {"group", "hacker", "malware", "product", "security"}}


_NEAR = (
    ("charged", "charged", 5, 6),
    ("expert", "expert", 3, 0),
    ("site", "site", 4, 2),
    ("handle", "handle", 4, 0),
    ("group", "group", 7, 7),
    ("hacker", "hacker", 7, 7),
)
"""Cues of a word near a name: the cue's name, the sort of word, within how many words before the name and after it."""
_AS_MALWARE = frozenset({"named-head=malware", "head=malware", "tail=malware"})
_STRONG = frozenset(
    """named-head=group named-head=hacker head=group head=hacker tail=group tail=hacker does=claim does=took does=behind by<hit by<took
    by<claim to<behind of<behind on<behind apposed=group apposed=hacker handle-before own-site""".split()
)
"""Cues that by themselves make an attacker likely."""


def _around(chunk: Chunk) -> set[str]:
    found: set[str] = set()
    tokens = chunk.tokens
    before = [t.lower for t in tokens[max(0, chunk.first - _CLOSE) : chunk.first]]
    sentence = {t.lower for t in tokens}
    field = bool(_FIELD & set(before))
    inside = {t.lower for t in tokens[chunk.first : chunk.last]}
    if field and _NAMED & set(before[-4:]):
        found.add("introduced")
    if before and before[-1].strip("\"“‘'") in _GROUP | {"attacker", "handle", "alias", "pseudonym"}:
        found.add("group-before")
    after = [chunk.after(i) for i in (1, 2, 3)]
    if after[0] in _GROUP or (
        after[1] in _GROUP
        and after[0] in ("hacking", "hacker", "ransomware", "threat", "extortion", "cybercrime", "espionage", "cyber", "criminal")
    ):
        found.add("group-after")
    if inside & _GROUP:
        found.add("group-inside")
    if before and before[-1] in ("by", "the") and _BY_VERBS & set(before[-4:]):
        found.add("by")
    if after[0] in _DOES:
        found.add("does,field" if _FIELD & sentence else "does")
    if _CHARGED & sentence:
        found.add("sentence-charged")
    if "responsibility" in sentence:
        found.add("sentence-responsibility")
    if _FIELD & sentence:
        found.add("sentence-field")
    if chunk.sentence.passage == "title":
        found.add("in-title")
    if before and before[-1] == "to" and {"attributed", "linked", "link", "related", "tied", "blamed", "attributing"} & set(before[-6:]):
        found.add("attributed")
    return found


def actors(things: Sequence[Candidate], model: LinearModel) -> list[Judged]:
    """Those who did it of the things named, the likeliest first."""
    judged = [Judged(t, facts_of(t), [], model.probability(actor_features(t))) for t in things if not is_tool(t)]
    likely = sorted((j for j in judged if j.probability >= LIKELY), key=lambda j: -j.probability)
    once = {fold_name(_ARTICLE.sub("", j.candidate.name)): j for j in reversed(likely)}
    return sorted(once.values(), key=lambda j: -j.probability)[:MOST_ACTORS]


_ARTICLE = re.compile(r"\Athe\s+", re.IGNORECASE)


def only_publishes(chunk: Chunk) -> bool:
    """Whether a mention is only said to have put out what was taken ("files that X have published"): others may have taken it."""
    return any(chunk.after(ahead) in _PUT_OUT for ahead in (1, 2))


def tellers(candidate: Candidate) -> list[Chunk]:
    """The mentions that say that a candidate did it, the most telling of each revision first (all mentions, when none does)."""
    ranked = sorted(candidate.mentions[:12], key=lambda c: (-len(_around(c) & _TELLING), c.start))
    return ranked
