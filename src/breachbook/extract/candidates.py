"""Names to things named: mentions of one thing brought together (short forms, acronyms, domains), with what its name tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from breachbook.extract.lexicon import (
    cities,
    common_words,
    countries,
    fold_name,
    galaxy_actors,
    given_names,
    name_kinds,
    place,
    regions,
    sector_register,
    sector_words,
    word_set,
)
from breachbook.extract.mentions import ROLES, Chunk, is_domain
from breachbook.text.names import parse

MOST_CANDIDATES = 150
"""Things named in one document that are considered; a report names about twenty."""
LEGAL_FORMS = word_set("candidates", "legal_forms")
TURNABLE = word_set("candidates", "turnable")
"""Words of names that stand before a place as well as behind it."""
TURNABLE_WORDS = 6
SEATED_WORDS = 5
"""Words of a name that goes without its seat: shorter ones need it ("City of Atlanta", "Bank of Montreal")."""
PLACE_TYPES = word_set("candidates", "place_types")
GENERIC = word_set("candidates", "generic")
"""Words that stand for an organisation already named ("the County said")."""
_WORD = re.compile(r"[^\W_]+")
_PERSON_WORDS = range(2, 4)


@dataclass(eq=False)
class Candidate:
    """A thing that a document names: all its mentions, in text order. `words` are the folded words of its fullest form."""

    words: tuple[str, ...]
    mentions: list[Chunk] = field(default_factory=list)
    facts: NameFacts | None = None
    _fullest: tuple[int, Chunk] | None = None

    @property
    def fullest(self) -> Chunk:
        """The mention with the fullest form of the name (the longest; of equals the first)."""
        if self._fullest is None or self._fullest[0] != len(self.mentions):
            self._fullest = (len(self.mentions), max(self.mentions, key=_fullness))
        return self._fullest[1]

    @property
    def name(self) -> str:
        """The fullest form of the name."""
        return " ".join(self.fullest.name.split())

    def forms(self) -> Iterator[Chunk]:
        """The first mention of each form of the name."""
        seen: set[str] = set()
        for chunk in self.mentions:
            if chunk.name not in seen:
                seen.add(chunk.name)
                yield chunk


def _fullness(chunk: Chunk) -> tuple[int, bool, int, int]:
    seat = _seat(chunk)
    return len(core_words(chunk.name)) - seat, not seat, len(chunk.name) if len(chunk.name) < LONGEST_KEPT else 0, -chunk.start


def _seat(chunk: Chunk) -> int:
    """How many words at the end of a name only tell its seat ("Memorial Health System of Marietta, Ohio": two)."""
    words = chunk.name.split()
    if len(words) < SEATED_WORDS or words[-2] != "of" or chunk.after(1) != ",":
        return 0
    at = chunk.last + 1
    return 2 if at < len(chunk.tokens) and chunk.tokens[at].word in regions() else 0


def _is_turnable(words: tuple[str, ...]) -> bool:
    """Whether a name may be written the other way round ("Region of Durham", "Durham Region")."""
    return 1 < len(words) <= TURNABLE_WORDS and not TURNABLE.isdisjoint((words[0], words[1], words[-1]))


def core_words(name: str) -> tuple[str, ...]:
    """The folded words of a name without legal forms and articles (all words, when nothing else is left)."""
    return _kept_core_words(name) if len(name) <= LONGEST_KEPT else _core_words(name)


LONGEST_KEPT = 60
"""Characters of a name whose words are kept in mind."""


@lru_cache(maxsize=4096)
def _kept_core_words(name: str) -> tuple[str, ...]:
    return _core_words(name)


def _core_words(name: str) -> tuple[str, ...]:
    words = tuple(w.lower() for w in _WORD.findall(name.replace("’", "").replace("'", "")))
    return tuple(w for w in words if w not in LEGAL_FORMS) or words


def initials(name: str) -> set[str]:
    """What an acronym of the name may be: the initials of all its words, and those of its capitalised words."""
    words = _WORD.findall(name)
    capitals = [w[0] for w in words if w[0].isupper()]
    return {"".join(capitals).lower(), "".join(w[0] for w in words).lower(), "".join(c for w in words for c in w if c.isupper()).lower()}


class _Groups:
    """Candidates under construction, found again by words, by squashed name and by acronym."""

    def __init__(self) -> None:
        self.all: list[Candidate] = []
        self._by_squash: dict[str, Candidate] = {}
        self._by_end: dict[str, list[Candidate]] = {}
        self._by_acronym: dict[str, Candidate] = {}
        self._by_key: dict[str, Candidate] = {}

    def find(self, name: str, words: tuple[str, ...]) -> Candidate | None:
        squashed = "".join(words)
        if is_domain(name):
            label = re.sub(r"[^a-z0-9]", "", name.lower().removeprefix("www.").rsplit(".", 1)[0])
            return self._by_squash.get(squashed) or self._by_squash.get(label)
        known = self._by_squash.get(squashed) or (self._by_squash.get(squashed[:-1]) if squashed.endswith("s") else None)
        known = known or (self._by_key.get(parse(name).key) if _is_turnable(words) else None)
        if known:
            return known
        if len(words) == 1 and 2 <= len(squashed) <= 8 and name.replace(".", "").isupper():
            return self._by_acronym.get(squashed)
        return self._longer(name, words)

    def _longer(self, name: str, words: tuple[str, ...]) -> Candidate | None:
        is_place = place(name) is not None
        for other in self._by_end.get(words[0], ()):
            if other.words[: len(words)] == words and _may_shorten(words, other.words, is_place, at_start=True):
                return other
        for other in self._by_end.get(words[-1], ()):
            if other.words[-len(words) :] == words and _may_shorten(words, other.words, is_place, at_start=False):
                return other
        return None

    def add(self, name: str, words: tuple[str, ...]) -> Candidate:
        made = Candidate(words)
        self.all.append(made)
        squashed = "".join(words)
        if is_domain(name):
            squashed = re.sub(r"[^a-z0-9]", "", name.lower().removeprefix("www."))
        self._by_squash.setdefault(squashed, made)
        if _is_turnable(words):
            self._by_key.setdefault(parse(name).key, made)
        for end in {words[0], words[-1]}:
            self._by_end.setdefault(end, []).append(made)
        if len(words) > 1:
            for acronym in initials(name):
                if len(acronym) > 1:
                    self._by_acronym.setdefault(acronym, made)
        return made

    def learn(self, acronym: str, candidate: Candidate) -> None:
        self._by_acronym[acronym.lower()] = candidate
        self._by_squash.setdefault(acronym.lower(), candidate)


def _may_shorten(short: tuple[str, ...], long: tuple[str, ...], is_place: bool, *, at_start: bool) -> bool:
    """Whether the words of a short form at the start or end of a longer name make it a form of that name."""
    rest = long[len(short) :] if at_start else long[: -len(short)]
    if is_place:
        return bool(rest) and all(w in PLACE_TYPES or w == "of" for w in rest)
    if at_start:
        return len(short) > 1 or short[0] not in common_words() or long[1:2] == ("of",) or long[0] in sector_register()
    if long[0] in given_names() and len(long) in _PERSON_WORDS:
        return True
    return len(short) > 1 or (rest == ("of",)) or all(w in ("university", "of", "city", "county", "town", "bank") for w in rest)


def candidates(chunks: Sequence[Chunk], text: str) -> list[Candidate]:
    """The things that the chunks name, in the order of their first mention. Calendar words and the like are left out."""
    kept = [(chunk, words) for chunk in chunks if (words := core_words(chunk.name)) and not _is_nothing(chunk.name)]
    forms: dict[str, tuple[str, ...]] = {}
    for chunk, words in kept:
        forms.setdefault(chunk.name, words)
    groups, owner = _Groups(), {}
    for name, words in sorted(forms.items(), key=lambda item: (-len(item[1]), is_domain(item[0]))):
        owner[name] = groups.find(name, words) or groups.add(name, words)
    _join_brackets(kept, owner, text)
    found: dict[int, Candidate] = {}
    for chunk, _ in kept:
        candidate = owner[chunk.name]
        candidate.mentions.append(chunk)
        found.setdefault(id(candidate), candidate)
    return list(found.values())[:MOST_CANDIDATES]


def _join_brackets(kept: Iterable[tuple[Chunk, tuple[str, ...]]], owner: dict[str, Candidate], text: str) -> None:
    """`Long Name (LN)`: what stands in brackets behind a name is another form of it, when it is short and looks like one."""
    before: Chunk | None = None
    for chunk, words in kept:
        gap = text[before.end : chunk.start] if before else ""
        if before and re.fullmatch(r"\s?[(\[][\"“‘']?", gap) and text[chunk.end : chunk.end + 2].lstrip("\"”’'")[:1] in (")", "]", ""):
            short, long = "".join(words), "".join(core_words(before.name))
            if owner[chunk.name] is not owner[before.name] and _may_be_short(chunk.name, before.name, short, long):
                target, source = owner[before.name], owner[chunk.name]
                for name, candidate in owner.items():
                    if candidate is source:
                        owner[name] = target
        before = chunk


def _may_be_short(name: str, full: str, short: str, long: str) -> bool:
    """Whether a name in brackets may be short for the one before it: no longer, and with its initial, a site, or made of its words
    ("SickKids" of a hospital for sick children)."""
    if len(short) > len(long):
        return False
    parts = {part.lower() for part in _CAMEL_PART.findall(name)}
    return short[0] == long[0] or is_domain(name) or not parts.isdisjoint(word.lower() for word in full.split())


_CAMEL_PART = re.compile(r"[A-Z][a-z]{2,}")


def _is_nothing(name: str) -> bool:
    lower = name.lower()
    if lower in GENERIC or name in countries() or name in regions() or (lower in sector_words("name") and lower in common_words()):
        return True
    return "not_names" in name_kinds().get(lower, ()) or (len(lower) < 2) or lower.isdigit()


class NameFacts:
    """What the name of a candidate tells by itself, by gazetteers and word lists."""

    def __init__(self, candidate: Candidate) -> None:
        self.candidate = candidate
        self.lower = candidate.name.lower()
        self.words = candidate.words

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Kinds of `vocab/data/name_kinds.toml`, of any form of the name."""
        found: set[str] = set()
        for chunk in self.candidate.forms():
            lower = chunk.name.lower()
            found |= name_kinds().get(lower, frozenset()) | name_kinds().get(lower.removeprefix("the "), frozenset())
        return frozenset(found)

    @cached_property
    def place(self) -> str | None:
        """`country`, `region` or `city`, when the whole name is one."""
        name = self.candidate.name
        return "country" if name in countries() else "region" if name in regions() else "city" if name in cities() else None

    @cached_property
    def is_person(self) -> bool:
        """Whether it is probably a person: a given name and another, or a role before the name."""
        if self.sectors or is_domain(self.candidate.name):
            return False
        if self.words[0] in given_names() and len(self.words) in _PERSON_WORDS:
            return True
        roles = sum(c.before() in ROLES or c.tokens[c.first].lower in ROLES for c in self.candidate.mentions)
        return roles * 2 > len(self.candidate.mentions)

    @cached_property
    def actor(self) -> str | None:
        """`group` or `brand`, when a galaxy knows an attacker or ransomware of that name."""
        for chunk in self.candidate.forms():
            known = galaxy_actors().get(fold_name(chunk.name.removeprefix("The ")))
            if known:
                return known[1]
        return None

    @cached_property
    def sectors(self) -> tuple[str, ...]:
        """Sectors that words of the name tell, the last word of the name first."""
        table = sector_words("name")
        found: list[str] = []
        words = [w.lower() for w in _WORD.findall(self.candidate.name)]
        for size in (3, 2, 1):
            for at in range(len(words) - size, -1, -1):
                found += table.get(" ".join(words[at : at + size]), ())
        return tuple(dict.fromkeys(found))

    @cached_property
    def registered(self) -> str | None:
        """The sector of a widely known organisation of this name."""
        for chunk in self.candidate.forms():
            sector = sector_register().get(" ".join(chunk.name.lower().replace("’", "'").split()))
            if sector:
                return sector
        return sector_register().get(" ".join(self.words))


def facts_of(candidate: Candidate) -> NameFacts:
    """What the candidate's name tells, found out once."""
    if candidate.facts is None:
        candidate.facts = NameFacts(candidate)
    return candidate.facts
