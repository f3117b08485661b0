"""Who did it, as the text names them: groups, handles, people charged; by the words that introduce them and a learned judge."""

from __future__ import annotations

from collections.abc import Sequence

from breachbook.extract.candidates import Candidate
from breachbook.extract.context import Context
from breachbook.extract.lexicon import given_names, word_set
from breachbook.extract.mentions import Chunk
from breachbook.extract.roles import Judged

LIKELY = 0.2
"""Probability from which a candidate counts as an attacker."""
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
_DOES_IT = _TELLING - {"introduced", "sentence-responsibility"}
"""Cues strong enough for a name that a galaxy knows; malware is introduced like a group, so that is not among them."""
_PUT_OUT = frozenset({"published", "publishes", "dumped", "posted", "posts", "listed", "lists", "released"})
_CLOSE = 7
"""Words before a name among which the words that introduce an attacker stand."""


def actor_cues(judged: Judged, context: Context) -> list[str]:
    """Signs that a candidate did it, as feature names."""
    found: set[str] = set()
    for chunk in judged.candidate.mentions[:12]:
        found |= _around(chunk)
    if judged.facts.actor:
        found.add(f"galaxy={judged.facts.actor}")
    if judged.facts.is_person:
        found |= {f"person,{cue}" for cue in found if cue.startswith("sentence-")} | {"person"}
    last = judged.candidate.mentions[0].tokens[judged.candidate.mentions[0].last - 1].word.lower()
    if last in _GROUP:
        found.add("name-group")
    if judged.facts.kinds:
        found |= {f"kind={k}" for k in judged.facts.kinds}
    return sorted(found)


def _around(chunk: Chunk) -> set[str]:
    found: set[str] = set()
    tokens = chunk.tokens
    before = [t.word.lower() for t in tokens[max(0, chunk.first - _CLOSE) : chunk.first]]
    sentence = {t.word.lower() for t in tokens}
    field = bool(_FIELD & set(before))
    inside = {t.word.lower() for t in tokens[chunk.first : chunk.last]}
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


def actors(judged: Sequence[Judged]) -> list[Judged]:
    """Those who did it, of candidates sorted by probability; an attacker known by name, when some words say that it did."""
    return [j for j in judged if j.probability >= LIKELY or _is_known_to_have_done_it(j)][:MOST_ACTORS]


def _is_known_to_have_done_it(judged: Judged) -> bool:
    if not judged.facts.actor or judged.facts.registered or not given_names().isdisjoint(judged.candidate.words):
        return False
    return any(_around(chunk) & _DOES_IT for chunk in judged.candidate.mentions[:12])


def only_publishes(chunk: Chunk) -> bool:
    """Whether a mention is only said to have put out what was taken ("files that X have published"): others may have taken it."""
    return any(chunk.after(ahead) in _PUT_OUT for ahead in (1, 2))


def tellers(candidate: Candidate) -> list[Chunk]:
    """The mentions that say that a candidate did it, the most telling of each revision first (all mentions, when none does)."""
    ranked = sorted(candidate.mentions[:12], key=lambda c: (-len(_around(c) & _TELLING), c.start))
    return ranked
