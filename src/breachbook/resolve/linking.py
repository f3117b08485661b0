"""One name, with what else is known of its bearer, to the organisations that it may mean.

Candidates come from a list that may hold millions: those with the same key first, then those that share rare words, and only when none
of these is much alike, those whose words are near. They are then compared with the one weight table, as reports are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from breachbook.model.entity import Match
from breachbook.model.reference import Asked, KnownOrganisation
from breachbook.resolve.organisation_facts import OrganisationFacts, asked_names, plain_facts
from breachbook.resolve.organisation_match import Likeness, compare
from breachbook.resolve.weights import PROPOSAL, SAME
from breachbook.text.domains import label
from breachbook.text.likeness import likeness, plain_rarity
from breachbook.text.name_keys import acronym_keys, asked_keys, domain_keys, words
from breachbook.text.names import Name, forms

ASKED = "asked"
"""The id of what is asked for, in matches."""

WITH_KEYS, WITH_WORDS, WITH_NEAR_WORDS = 15, 20, 30
"""Candidates that are taken from each look-up: enough for recall at ten of 0.98 (`benchmarks/linking.py`)."""

COMPARED = 12
"""Candidates that are compared with all that is known, after a first look at names alone; all, where names are equally alike."""

MOST_NAMESAKES = 400
"""Organisations of one name that are told apart by what else is known: of "Washington County" a list of the United States has 31, and
hardly any name is borne by more than some hundreds."""

SURE, WEAK = 0.97, 0.80
"""Likeness of names from which on nothing more is looked for, and below which misspelt words are looked for."""

RIVAL = 0.05
"""A candidate whose score is so little below the best one's may as well be the one."""

MOST_MISSPELT = 4
"""Words of a name that are taken for misspelt."""

WITH_NEAR_KEYS = 10
"""Candidates whose whole name is the one asked for but for a slip."""

SHORTEST_NEAR_KEY = 5
"""Letters of a name in which a slip is forgiven."""

MOST_KNOWN = 4
"""Words of a name that candidates are looked for by, the rarest first."""

LONGEST_SHORTENED = 5
"""Letters of a word that is tried as the beginning of another though names have it."""

MOST_KNOWN_MISSPELT = 2
"""Words that names have and that are taken for misspelt all the same, where all words are such: the rarest."""

SHORTEST_MISSPELT = 3
"""Letters; a shorter word with another letter is another word."""


class Candidates(Protocol):
    """Where candidates come from: `store.name_index.NameIndex`."""

    def with_keys(self, keys: Sequence[str], limit: int) -> list[KnownOrganisation]:
        """Organisations with one of these keys (`text.name_keys`)."""

    def near_keys(self, key: str, limit: int) -> list[KnownOrganisation]:
        """Organisations with nearly this key."""

    def with_words(self, known: Sequence[str], misspelt: Sequence[str], short: Sequence[str], limit: int) -> list[KnownOrganisation]:
        """Organisations with these words; for the misspelt ones, with words near them, for the short ones, with words that begin so."""

    def rarity(self, word: str) -> float:
        """The IDF of a word."""

    def is_known(self, word: str) -> bool:
        """Whether any name has this word."""


@dataclass(frozen=True, slots=True)
class Linked:
    """One candidate: the organisation, why it may be the one, how alike the names are (0 to 1), and what it comes to.

    `decision` is that of the match (`same`, `proposal` or `different`), but `proposal` where the match would be `same` and another
    organisation fits as well; `rivals` is then how many do.
    """

    organisation: KnownOrganisation
    match: Match
    likeness: float
    decision: str
    rivals: int = 0

    @property
    def reason(self) -> str:
        """Why, in words."""
        rest = f"; {self.rivals} others fit as well" if self.rivals > 1 else "; another one fits as well" if self.rivals else ""
        return self.match.reason + rest


def link(asked: Asked, candidates: Candidates, limit: int = 10) -> list[Linked]:
    """The organisations that may be meant, best first, at most `limit`."""
    facts = plain_facts(ASKED, (asked.name, *asked.aliases), asked.domains, asked.countries, asked.regions, asked.sectors)
    found = _Found(asked.name, facts, candidates)
    if not found.names:
        return []
    found.by_keys()
    if found.best < SURE or facts.domains:
        found.by_words()
    compared = [linked for alike, theirs in found.chosen() if (linked := _compared(facts, theirs, alike, found.likeness)) is not None]
    return _decided(sorted(compared, key=_order))[:limit]


def alike_names(left: str, right: str) -> Match | None:
    """The match of two names of which nothing else is known; how much a word tells is taken from the vocabulary alone."""
    return compare(plain_facts("left", (left,)), plain_facts("right", (right,)), partial(likeness, rarity=plain_rarity))


class _Found:
    """The candidates found so far for what is asked: whether they have its domain, how alike any of their names are, and how alike
    their whole names."""

    def __init__(self, text: str, facts: OrganisationFacts, candidates: Candidates) -> None:
        self._whole = forms(text)[0]
        self._facts = facts
        self._candidates = candidates
        self._known: dict[tuple[str, str], float] = {}
        self._organisations: dict[str, tuple[bool, float, float, KnownOrganisation]] = {}
        self.names = asked_names(facts)

    @property
    def best(self) -> float:
        """How alike the most similar names are."""
        return max((alike for _, alike, _, _ in self._organisations.values()), default=0.0)

    def chosen(self) -> list[tuple[float, KnownOrganisation]]:
        """The most similar ones, those with a domain of what is asked first, each with how alike the whole names are."""
        ranked = sorted(self._organisations.values(), key=lambda f: (not f[0], -f[1], -f[2], f[3].id))
        last = ranked[:COMPARED][-1:]
        tied = [f for f in ranked[COMPARED:] if last and f[:3] == last[0][:3]]
        return [(whole, organisation) for _, _, whole, organisation in (*ranked[:COMPARED], *tied)]

    def likeness(self, left: Name, right: Name) -> float:
        """How alike two names are, each pair worked out once."""
        pair = left.text, right.text
        if pair not in self._known:
            self._known[pair] = likeness(left, right, self._candidates.rarity)
        return self._known[pair]

    def by_keys(self) -> None:
        """Looks for those that have the same name or domain."""
        own = (key for name in self.names for key in asked_keys(name))
        keys = list(dict.fromkeys((*own, *sorted(domain_keys(self._facts.domains)))))
        found = self._candidates.with_keys(keys, WITH_KEYS)
        if len(found) == WITH_KEYS:
            found = self._candidates.with_keys(keys, MOST_NAMESAKES)
        self._take(found)

    def by_words(self) -> None:
        """Looks for those that share words; where none is much alike, for those with words that are near."""
        for name in self.names:
            asked = words(name)
            known = [word for word in asked if self._candidates.is_known(word)]
            if known:
                self._take(self._candidates.with_words(self._rarest(known), (), (), WITH_WORDS))
            if asked and self.best < WEAK:
                self._by_near_words(name, asked, known)

    def _by_near_words(self, name: Name, asked: Sequence[str], known: Sequence[str]) -> None:
        if len(name.squash or name.bare) >= SHORTEST_NEAR_KEY:
            self._take(self._candidates.near_keys(label(name.domain) if name.domain else "".join(name.bare.split()), WITH_NEAR_KEYS))
            if self.best >= WEAK:
                return
        likely = [word for word in asked if word not in known] or self._rarest(known)[:MOST_KNOWN_MISSPELT]
        misspelt = [word for word in likely if len(word) >= SHORTEST_MISSPELT and not word.isdigit()][:MOST_MISSPELT]
        short = [word for word in asked if word not in known or len(word) <= LONGEST_SHORTENED]
        self._take(self._candidates.with_words(self._rarest(known), misspelt, short, WITH_NEAR_WORDS))
        self._take(self._candidates.with_keys(acronym_keys(name), WITH_KEYS))

    def _rarest(self, asked: Sequence[str]) -> list[str]:
        """The words that tell most: the others would cost much and tell little."""
        return sorted(asked, key=lambda word: (-self._candidates.rarity(word), word))[:MOST_KNOWN]

    def _take(self, more: Sequence[KnownOrganisation]) -> None:
        for organisation in more:
            if organisation.id not in self._organisations:
                theirs = [name for text in (organisation.name, *organisation.aliases) for name in forms(text)]
                alike = max((self.likeness(a, b) for a in self.names for b in theirs), default=0.0)
                domains = {*organisation.domains, *(name.domain for name in theirs if name.domain)}
                whole = self.likeness(self._whole, theirs[0])
                self._organisations[organisation.id] = bool(self._facts.domains & domains), alike, whole, organisation


def _compared(facts: OrganisationFacts, organisation: KnownOrganisation, alike: float, likeness: Likeness) -> Linked | None:
    names = (organisation.name, *organisation.aliases)
    theirs = plain_facts(organisation.id, names, organisation.domains, organisation.countries, organisation.regions, organisation.sectors)
    found = compare(facts, theirs, likeness)
    return None if found is None else Linked(organisation, found, alike, found.decision)


def _order(linked: Linked) -> tuple[float, float, str]:
    return -linked.match.score, -linked.likeness, linked.organisation.id


def _decided(ranked: list[Linked]) -> list[Linked]:
    """Of several that are the same by their score, those that contradict the best are for a person to choose from, with it."""
    same = [linked for linked in ranked if linked.decision == SAME]
    rivals = [linked for linked in same[1:] if linked.match.score >= same[0].match.score - RIVAL and _differ(same[0], linked)]
    if not rivals:
        return ranked
    doubtful = {same[0].organisation.id, *(linked.organisation.id for linked in rivals)}
    number = len(rivals)
    return [replace(linked, decision=PROPOSAL, rivals=number) if linked.organisation.id in doubtful else linked for linked in ranked]


def _differ(left: Linked, right: Linked) -> bool:
    """Whether two organisations cannot be one listed twice: what a list says of their places or domains differs."""
    a, b = left.organisation, right.organisation
    pairs = ((a.countries, b.countries), (a.regions, b.regions), (a.domains, b.domains))
    return any(x and y and not set(x) & set(y) for x, y in pairs)
