"""Through whom or what it was done: suppliers, and makers of the products exploited or exposed."""

from __future__ import annotations

from collections.abc import Sequence

from breachbook.extract.context import Context
from breachbook.extract.mentions import Chunk
from breachbook.extract.roles import Judged

LIKELY = 0.2
"""Probability from which a candidate counts as a third party."""
MOST_THIRD_PARTIES = 3

_SUPPLIER = frozenset(
    "vendor provider supplier contractor subcontractor partner processor third-party third subsidiary outsourcer supplies supplied provides supply host".split()
)
_THING = frozenset(
    "database databases bucket buckets instance server servers cloud software platform appliance cms plugin plug-in product system systems service tool tools application web-server webserver forum breach incident storage".split()
)
_WEAK = frozenset("vulnerability vulnerabilities flaw flaws bug bugs zero-day exploit exploits hole patch weakness".split())
_EXPOSED = frozenset("exposed unsecured misconfigured unprotected open outdated vulnerable old unpatched insecure public publicly".split())
_THROUGH = frozenset("through via using by on in at from".split())
_MADE = frozenset(
    "made developed hosted operated managed run stored maintained provided built supplied owned sold leased contracted acquired".split()
)


def third_party_cues(judged: Judged, context: Context) -> list[str]:
    """Signs that a candidate is a third party, as feature names."""
    found: set[str] = set()
    for chunk in judged.candidate.mentions[:12]:
        found |= _around(chunk)
    if judged.facts.kinds:
        found |= {f"kind={k}" for k in judged.facts.kinds}
        if "product" in judged.facts.kinds:
            found |= {f"product,{cue}" for cue in found if cue in ("thing-after", "weak", "exposed", "made")}
    if judged.facts.is_person:
        found.add("person")
    if judged.facts.place:
        found.add("place")
    found.add(f"known={judged.facts.registered in ('51', '56', '54')}")
    return sorted(found)


def _around(chunk: Chunk) -> set[str]:
    found: set[str] = set()
    tokens = chunk.tokens
    before = [t.word.lower() for t in tokens[max(0, chunk.first - 6) : chunk.first]]
    after = [t.word.lower() for t in tokens[chunk.last : chunk.last + 8]]
    inside = {t.word.lower() for t in tokens[chunk.first : chunk.last]}
    if _SUPPLIER & set(before[-3:]):
        found.add("supplier-before")
    if after[:1] == [","] and _SUPPLIER & set(after[:7]):
        found.add("supplier-after")
    if _THING & (set(after[:3]) | inside):
        found.add("thing-after")
    if chunk.possessive and _THING & set(after[:4]):
        found.add("own-thing")
    if _WEAK & (set(before[-4:]) | set(after[:2])):
        found.add("weak")
    if _EXPOSED & set(before[-4:]):
        found.add("exposed")
    if before[-1:] and before[-1] in _THROUGH and _MADE & set(before[-4:]):
        found.add("made")
    if before[-1:] and before[-1] in ("through", "via"):
        found.add("through")
    if {"third-party", "supplier", "vendor", "contractor"} & {t.word.lower() for t in tokens}:
        found.add("sentence-supplier")
    if before[-1:] and before[-1] in ("by", "from", "at") and {"breach", "breached", "incident", "attack"} & set(before[-5:]):
        found.add("breach-at")
    if chunk.sentence.passage == "title":
        found.add("in-title")
    return found


def third_parties(judged: Sequence[Judged]) -> list[Judged]:
    """The third parties, of candidates sorted by probability."""
    return [j for j in judged if j.probability >= LIKELY][:MOST_THIRD_PARTIES]
