"""Compares two organisations: every part that holds, with its weight from the one table, and the reason in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from rapidfuzz.distance import DamerauLevenshtein

from breachbook.model.entity import Match
from breachbook.resolve.dates import nearest
from breachbook.resolve.organisation_facts import OrganisationFacts, asked_names
from breachbook.resolve.weights import WEIGHTS, Evidence, days, least_alike, match, weight
from breachbook.text.domains import label
from breachbook.text.named_places import named_countries
from breachbook.text.names import Name, is_acronym_of, together
from breachbook.vocab.data_files import toml_file

SHORTEST_SPELT = 5
"""Letters of a name that a domain must spell to count: shorter ones are spelt by too many domains."""

SHORTEST_SHORT = 3
"""Letters of a name that a domain may spell for it to be put forward."""

SHORTEST_NEAR = 4
"""Letters of a word that may be misspelt; in shorter ones a letter makes another word."""

LETTERS_PER_SLIP = 4
"""One letter put in, left out, changed or swapped is forgiven for so many that a word has, at most two."""

PLACES = frozenset({"county", "city", "town"})
"""Classes of names that places bear."""

SINGLE_IN_REGION = frozenset({"county", "city", "state"})
"""Classes of which a state or province has but one of a name."""

GRADED_PART = "words_alike"

GRADED = frozenset({"same_core", "same_core_only", "near_name"})
"""Ways of being alike that a likeness of names stands for, where there is one: it knows which words are rare."""

Likeness = Callable[[Name, Name], float]
"""How alike two names are, 0 to 1 (`text.likeness`)."""

Named = tuple[Evidence, tuple[Name, Name] | None]
"""How names or domains are alike, and the two names, where it is names."""


def compare(left: OrganisationFacts, right: OrganisationFacts, likeness: Likeness | None = None) -> Match | None:
    """The match of two organisations, or None when nothing in their names or domains is alike.

    With a `likeness` (0 to 1) names that are alike in none of the ways that the table knows still count for so much as it says.
    """
    named = _strongest(left, right, likeness)
    if named is None:
        return None
    base, names = named
    evidence = [base, *_names(left, right, base, names, likeness is not None), *_places(left, right, names), *_story(left, right)]
    return match("organisation", left.mention, right.mention, evidence)


def domains_differ(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether two sets of domains belong to different owners: none in common, and no label within another."""
    if not left or not right or left & right:
        return False
    return not any(a in b or b in a for x in left for y in right if (a := label(x)) and (b := label(y)))


def regions_differ(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether two sets of regions of one country have none in common."""
    if not left or not right or left & right:
        return False
    return bool({code[:2] for code in left} & {code[:2] for code in right})


def sectors_differ(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether two sets of sectors do not go together."""
    return bool(left and right) and not any(a == b or frozenset((a, b)) in _kindred() for a in left for b in right)


@cache
def _kindred() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for pair in toml_file(WEIGHTS)["organisation"]["kindred"])


def _strongest(left: OrganisationFacts, right: OrganisationFacts, likeness: Likeness | None) -> Named | None:
    found: list[Named] = []
    for a in left.names:
        for b in right.names:
            if (evidence := _short_form(a, left, b, right) or _pair(a, b)) is not None and (
                likeness is None or evidence.part not in GRADED
            ):
                found.append((evidence, (a, b)))
    found += [*_by_domain(left, right), *_by_alias(left, right)]
    if likeness is not None:
        found += [*_same_words(left, right), *_by_short_label(left, right), *_by_likeness(left, right, likeness)]
    return max(found, key=lambda f: (weight("organisation", f[0].part) * f[0].share, f[0].words), default=None)


def _same_words(left: OrganisationFacts, right: OrganisationFacts) -> list[Named]:
    """The same words in another order, or the same letters with their legal form cut off otherwise ("SiemensAG")."""
    pairs = ((a, b) for a in left.names for b in right.names if not a.domain and not b.domain)
    alike = ((a, b) for a, b in pairs if _same_letters(a, b) and not (_is_short(a, left) and _is_short(b, right)))
    return [(Evidence("same_words", f'"{a.text}" and "{b.text}" have the same words'), (a, b)) for a, b in alike]


def _same_letters(a: Name, b: Name) -> bool:
    return sorted(a.bare.split()) == sorted(b.bare.split()) or together(a.text) == together(b.text)


def _by_short_label(left: OrganisationFacts, right: OrganisationFacts) -> list[Named]:
    """A domain that spells a name of three or four letters."""
    pairs = [(name, other) for own, other in ((left, right), (right, left)) for name in (*own.names, *own.aliases)]
    return [
        (Evidence("domain_spells_short", f'the domain of the other spells "{name.text}"'), (name, name))
        for name, other in pairs
        if not name.domain and SHORTEST_SHORT <= len(name.squash) < SHORTEST_SPELT and name.squash in other.labels
    ]


def _by_likeness(left: OrganisationFacts, right: OrganisationFacts, likeness: Likeness) -> list[Named]:
    """The two names that are most alike, when they are alike enough."""
    pairs = ((a, b) for a in asked_names(left) for b in (*right.names, *right.aliases))
    best = max(((round(likeness(a, b), 2), a.text, b.text, a, b) for a, b in pairs), key=lambda f: f[:3], default=None)
    if best is None or best[0] < least_alike():
        return []
    words = f'"{best[1]}" and "{best[2]}" are {best[0]:.0%} alike, rare words counting most'
    return [(Evidence(GRADED_PART, words, best[0]), best[3:])]


def _pair(a: Name, b: Name) -> Evidence | None:
    if a.key == b.key:
        part = "same_name_turned" if a.turned != b.turned else "same_name"
        return Evidence(part, f'"{a.text}" and "{b.text}" are one name')
    if a.domain or b.domain:
        return None
    if a.bare == b.bare:
        return Evidence("same_name_bare", f'"{a.text}" and "{b.text}" are one name but for words of companies')
    if a.core == b.core:
        inside = set(a.bare.split()) <= set(b.bare.split()) or set(b.bare.split()) <= set(a.bare.split())
        return Evidence("same_core" if inside else "same_core_only", f'"{a.text}" and "{b.text}" share their telling words')
    if near_words(a, b):
        return Evidence("near_name", f'"{a.text}" and "{b.text}" differ by letters')
    if is_acronym_of(a.key, b) or is_acronym_of(b.key, a):
        return Evidence("acronym", f'"{a.text}" and "{b.text}" may be a name and its initials')
    return None


def _short_form(a: Name, left: OrganisationFacts, b: Name, right: OrganisationFacts) -> Evidence | None:
    """The same initials, each standing beside a name of its own: one of many names that share them."""
    if a.key != b.key or not (_is_short(a, left) and _is_short(b, right)):
        return None
    return Evidence("other_name", f'both are also called "{a.text}"')


def _is_short(name: Name, facts: OrganisationFacts) -> bool:
    return " " not in name.key and any(" " in other.key for other in facts.names)


def near_words(a: Name, b: Name) -> bool:
    """Whether two names are the same word by word but for one that is misspelt, or are cut into words differently."""
    if a.squash == b.squash:
        return True
    left, right = a.bare.split(), b.bare.split()
    if len(left) != len(right) or a.types != b.types:
        return False
    unlike = [(x, y) for x, y in zip(left, right, strict=True) if x != y]
    if len(unlike) != 1:
        return False
    x, y = unlike[0]
    shortest = min(len(x), len(y))
    if shortest < SHORTEST_NEAR or not (x.isalpha() and y.isalpha()):
        return False
    slips = min(2, shortest // LETTERS_PER_SLIP)
    return int(DamerauLevenshtein.distance(x, y, score_cutoff=slips)) <= slips


def _by_domain(left: OrganisationFacts, right: OrganisationFacts) -> list[Named]:
    found: list[Named] = []
    for a, b in ((left, right), (right, left)):
        for name in a.names:
            if name.domain and name.domain in b.domains:
                found.append((Evidence("name_is_domain", f"{name.domain} is the domain of the other"), None))
            if not name.domain and len(name.squash) >= SHORTEST_SPELT and name.squash in b.labels:
                found.append((Evidence("domain_spells_name", f'the domain of the other spells "{name.text}"'), (name, name)))
    if left.domains & right.domains:
        found.append((Evidence("same_domain", f"both have the domain {min(left.domains & right.domains)}"), None))
    return found


def _by_alias(left: OrganisationFacts, right: OrganisationFacts) -> list[Named]:
    names = {n.key: n for n in (*left.names, *left.aliases)}
    for other in (*right.names, *right.aliases):
        if other.key in names and (len(other.key) > 3 or " " in other.key):
            return [(Evidence("other_name", f'"{other.text}" is a name of both'), (names[other.key], other))]
    return []


def _names(
    left: OrganisationFacts, right: OrganisationFacts, base: Evidence, names: tuple[Name, Name] | None, listed: bool
) -> list[Evidence]:
    found = []
    if base.part not in ("same_domain", "name_is_domain") and left.domains & right.domains:
        found.append(Evidence("domain_agrees", f"both have the domain {min(left.domains & right.domains)}"))
    elif base.part == "same_domain" and {w for n in left.names for w in n.core} & {w for n in right.names for w in n.core}:
        found.append(Evidence("domain_agrees", "their names share a telling word"))
    elif domains_differ(left.domains, right.domains):
        found.append(Evidence("domain_differs", f"their domains differ ({min(left.domains)}, {min(right.domains)})"))
    if base.part == GRADED_PART and names is not None and (part := _other_country(*names)):
        found.append(Evidence(part, "their names do not name the same country"))
    pairs = [names] if names else [(a, b) for a in left.names for b in right.names]
    # Of several candidates for one name, none may win because only the others' names are common: what is asked for decides.
    generic = names is not None and names[0].generic and (names[1].generic or base.part == GRADED_PART)
    if names is not None and generic and not left.domains & right.domains:
        place = names[0].types & names[1].types & PLACES
        part = "common_listed" if listed else "common_place" if place else "common_name"
        found.append(Evidence(part, "many bear such a name"))
    if pairs and base.part != "name_is_domain" and all(_kinds_differ(a, b, base.part == GRADED_PART) for a, b in pairs):
        part = "kind_differs_alike" if base.part == GRADED_PART else "kind_differs"
        found.append(Evidence(part, "their names say different kinds of organisation"))
    return found


def _other_country(a: Name, b: Name) -> str | None:
    """The part for names of which each names a country that the other does not, or only one does."""
    left, right = named_countries(a.key), named_countries(b.key)
    if left == right:
        return None
    return "named_country_differs" if left - right and right - left else "named_country_more"


def _kinds_differ(a: Name, b: Name, graded: bool) -> bool:
    """Whether two names say different kinds; a word that only one of them has has been counted already where the words were."""
    if not a.types or not b.types or a.types == b.types:
        return False
    left, right = a.types - {"university_of"}, b.types - {"university_of"}
    return not graded or not (left <= right or right <= left)


def _places(left: OrganisationFacts, right: OrganisationFacts, names: tuple[Name, Name] | None) -> list[Evidence]:
    found = []
    if left.countries and right.countries:
        if left.countries & right.countries:
            found.append(Evidence("country_agrees", f"both in {min(left.countries & right.countries)}"))
        else:
            found.append(Evidence("country_differs", f"one in {min(left.countries)}, the other in {min(right.countries)}"))
    single = names is not None and bool(names[0].types & names[1].types & SINGLE_IN_REGION)
    same_place = {place for place in left.places & right.places if "," in place}
    if same_place or (single and left.regions & right.regions):
        found.append(Evidence("place_agrees", f"both in {min(same_place or left.regions & right.regions)}"))
    elif left.regions & right.regions or left.places & right.places:
        found.append(Evidence("region_agrees", f"both in {min(left.regions & right.regions or left.places & right.places)}"))
    elif regions_differ(left.regions, right.regions):
        found.append(Evidence("region_differs", f"one in {min(left.regions)}, the other in {min(right.regions)}"))
    if sectors_differ(left.sectors, right.sectors):
        part = "sector_differs_common" if left.generic and right.generic else "sector_differs"
        found.append(Evidence(part, f"their sectors differ ({min(left.sectors)}, {min(right.sectors)})"))
    return found


def _story(left: OrganisationFacts, right: OrganisationFacts) -> list[Evidence]:
    apart = nearest(left.days, right.days)
    near = apart is not None and apart <= days("organisation_days")
    found = [Evidence("near_in_time", f"incidents of both are told within {apart} days")] if near else []
    if left.numbers & right.numbers:
        found.append(Evidence("number_agrees", f"the number {min(left.numbers & right.numbers)} is told of both"))
    if near and left.actors & right.actors:
        found.append(Evidence("actor_agrees", f"by the same actor ({min(left.actors & right.actors)})"))
    if near and left.suppliers & right.suppliers:
        found.append(Evidence("supplier_agrees", f"through the same third party ({min(left.suppliers & right.suppliers)})"))
    if near and left.attacks & right.attacks:
        found.append(Evidence("attack_agrees", f"by the same kind of attack ({min(left.attacks & right.attacks)})"))
    return found
