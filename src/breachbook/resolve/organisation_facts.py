"""What is known of an organisation from one document: its names, where it is, what it does, what happened to it and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from breachbook.model.claim import Claim
from breachbook.resolve.actor_names import canonical_actor
from breachbook.resolve.dates import Span
from breachbook.resolve.mentions import IncidentFacts, Mention, Mentions
from breachbook.resolve.places import region_codes
from breachbook.text.domains import label, registered
from breachbook.text.names import Name, fold, forms, parse

TELLING_NUMBER = 100
"""Smaller counts agree by chance."""

LOOSE_TYPES = frozenset({"health", "department", "utility", "church"})
"""Classes that one organisation's names may take in turn ("X Hospital", "X Health System")."""


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """`names` are those it goes by, without described ones; `aliases` other names that the document gives it.

    `regions` are ISO 3166-2 codes, `places` regions in the words of the document, folded. The last six tell of the
    incidents in which the document gives it a part. `generic` says that all its names are borne by many.
    """

    mention: str
    names: tuple[Name, ...]
    aliases: tuple[Name, ...]
    domains: frozenset[str]
    countries: frozenset[str]
    regions: frozenset[str]
    places: frozenset[str]
    sectors: frozenset[str]
    days: tuple[Span, ...]
    actors: frozenset[str]
    suppliers: frozenset[str]
    numbers: frozenset[int]
    attacks: frozenset[str]
    generic: bool

    @property
    def described(self) -> bool:
        """Whether no name is known at all."""
        return not self.names

    @property
    def labels(self) -> frozenset[str]:
        """What its domains say of its name."""
        return frozenset(found for domain in self.domains if (found := label(domain)))

    @property
    def signature(self) -> tuple[object, ...]:
        """Mentions of one signature need no second look at each other."""
        return (self.names, self.aliases, self.domains, self.countries, self.regions, self.places, self.sectors)


def naming_claims(mention: Mention) -> list[Claim]:
    """The claims that name it: as a victim or third party, else by an alias; a product's maker without either, by the product."""
    named = [c for c in mention.called if c.property in ("victim", "third_party")]
    return named or [c for c in mention.claims if c.property == "alias"] or mention.called or mention.claims


def organisation_facts(mention: Mention, book: Mentions, incidents: Mapping[str, IncidentFacts]) -> OrganisationFacts:
    """What one document says of an organisation."""
    named = dict.fromkeys(name for c in naming_claims(mention) for name in forms(str(c.value)))
    names = [name for name in named if not name.described]
    own = {(name.bare, name.types) for name in names}
    aliases = dict.fromkeys(name for text in mention.texts("alias") for name in forms(text) if not name.described)
    names += [alias for alias in aliases if (alias.bare, alias.types) in own and alias not in named]
    told = [incidents[c.mention] for c in mention.called if c.mention in incidents]
    around = [book.incidents[c.mention] for c in mention.called if c.mention in book.incidents]
    regions = mention.texts("region")
    return OrganisationFacts(
        mention=mention.id,
        names=tuple(sorted(set(names), key=lambda n: (n.key, n.text))),
        aliases=tuple(sorted({a for a in aliases if a not in names}, key=lambda n: (n.key, n.text))),
        domains=frozenset(d for text in mention.texts("domain") if (d := registered(text))) | {n.domain for n in names if n.domain},
        countries=frozenset(mention.texts("country")),
        regions=frozenset(code for text in regions for code in region_codes(text)),
        places=frozenset(fold(text) for text in regions),
        sectors=frozenset(mention.texts("sector")),
        days=tuple(sorted({day for facts in told for day in facts.anchors})),
        actors=frozenset(a.key for i in around for text in i.texts("actor") if (a := canonical_actor(text))),
        suppliers=frozenset(name.bare for i in around for text in i.texts("third_party") for name in forms(text)),
        numbers=frozenset(n for facts in told for n in facts.numbers if n >= TELLING_NUMBER and len(str(n).rstrip("0")) >= 3),
        attacks=frozenset(a for facts in told for a in facts.attacks),
        generic=all(name.generic for name in names),
    )


def plain_facts(
    mention: str,
    texts: Sequence[str],
    domains: Iterable[str] = (),
    countries: Iterable[str] = (),
    regions: Iterable[str] = (),
    sectors: Iterable[str] = (),
) -> OrganisationFacts:
    """What a list says of an organisation, without any incident: its name first, then other names."""
    named = dict.fromkeys(name for text in texts[:1] for name in forms(text) if not name.described)
    others = dict.fromkeys(name for text in texts[1:] for name in forms(text) if not name.described and name not in named)
    nothing: frozenset[Any] = frozenset()
    return OrganisationFacts(
        mention=mention,
        names=tuple(sorted(named, key=lambda n: (n.key, n.text))),
        aliases=tuple(sorted(others, key=lambda n: (n.key, n.text))),
        domains=frozenset(d for text in domains if (d := registered(text))) | {n.domain for n in named if n.domain},
        countries=frozenset(countries),
        regions=frozenset(code for text in regions for code in region_codes(text)),
        places=frozenset(fold(text) for text in regions),
        sectors=frozenset(sectors),
        days=(),
        actors=nothing,
        suppliers=nothing,
        numbers=nothing,
        attacks=nothing,
        generic=all(name.generic for name in named),
    )


def asked_names(facts: OrganisationFacts) -> tuple[Name, ...]:
    """All names by which an organisation is looked for: its own, and its domains, which mostly spell one."""
    own = (*facts.names, *facts.aliases)
    there = {name.domain for name in own}
    return (*own, *(parse(domain) for domain in sorted(facts.domains) if domain not in there))


def kind_types(names: tuple[Name, ...]) -> frozenset[str]:
    """The classes that names say, without those that change from name to name."""
    return frozenset(t for name in names for t in name.types) - LOOSE_TYPES
