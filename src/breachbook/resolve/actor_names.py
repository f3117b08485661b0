"""Names of threat actors: one actor under its many names, by the MISP galaxies; what is disputed stays apart and says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from breachbook.text.names import fold
from breachbook.vocab.data_files import json_file, toml_file

TABLE = "actors_galaxies.json"
"""The names, made by `python -m breachbook.resolve.build_actor_names`."""

LONGEST_NAME = 200
"""Characters of an actor's name that are looked at."""

_WORD = re.compile(r"\w+")
_PARTS = re.compile(r"\s*[/(),;]\s*|\s+(?:aka|a\.k\.a\.|also known as)\s+", re.IGNORECASE)
_VERSION = re.compile(r"(?P<base>[a-z]{4,})(?:\d|\d0)")


@dataclass(frozen=True, slots=True)
class ActorName:
    """An actor: `key` is the same for all its names, `name` the one the galaxies (or, unknown to them, the source) use.

    `disputed` names are claimed for several actors and make an actor of their own; `note` says for whom. `note` also says
    when other entries count this actor's name among their own, which disputed names this actor shares, that a brand of ransomware
    is no group, and that an affiliate is not the group.
    """

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    disputed: bool = False
    note: str | None = None


@lru_cache(maxsize=65536)
def actor_key(name: str) -> str:
    """The folded name without what may stand around it: "the CLOP ransomware gang" gives `clop`. Empty when nothing is left."""
    words = _WORD.findall(fold(name[:LONGEST_NAME]))
    start, end = 0, len(words)
    while start < end - 1 and words[start] in _words("leading"):
        start += 1
    while end > start + 1 and words[end - 1] in _words("trailing"):
        end -= 1
    return "".join(words[start:end])


@lru_cache(maxsize=65536)
def canonical_actor(name: str) -> ActorName | None:
    """Whom a name means; None when it names nobody ("unknown hackers", "Chinese state-sponsored actors").

    A name that the galaxies do not know makes an actor of its own.
    """
    words = _WORD.findall(fold(name[:LONGEST_NAME]))
    affiliate = any(word in _words("affiliate") for word in words)
    if affiliate or names_nobody(name):
        return _affiliate(name, words) if affiliate else None
    known = [found for part in (name, *_PARTS.split(name[:LONGEST_NAME])) if (found := _galaxy(part))]
    return next((found for found in known if not found.disputed), known[0] if known else ActorName(actor_key(name), spoken(name)))


@lru_cache(maxsize=65536)
def names_nobody(name: str) -> bool:
    """Whether this only describes attackers ("unknown hackers", "Chinese state-sponsored actors"); "APT 28" names one."""
    words = _WORD.findall(fold(name[:LONGEST_NAME]))
    if all(word in _words("nobody") or word in _words("trailing") or word in _words("leading") for word in words):
        return True
    return all(word.isdigit() or word in _words("nobody") for word in words)


def _galaxy(name: str) -> ActorName | None:
    """What the galaxies know of a name, or None."""
    key, table = actor_key(name), json_file(TABLE)
    if key in table["disputed"]:
        claimants = ", ".join(table["actors"][k][0] for k in table["disputed"][key])
        return ActorName(key, spoken(name), disputed=True, note=f"This name is given to several actors ({claimants}) and is kept apart.")
    found = _known(key)
    if found is None:
        return None
    row = table["actors"][found]
    return ActorName(found, row[0], tuple(row[2:]), note=_note(found))


def _note(key: str) -> str | None:
    """What a reader must know of an actor of the galaxies, or None."""
    table = json_file(TABLE)
    told = []
    if table["actors"][key][1] == "brand":
        told.append("A brand of ransomware: groups and affiliates that work under it are not one with it.")
    if others := ", ".join(table["actors"][k][0] for k in table["also"].get(key, ())):
        told.append(f"Also given as another name of {others}; kept apart.")
    for alias in _shared().get(key, ()):
        others = ", ".join(table["actors"][k][0] for k in table["disputed"][alias] if k != key)
        told.append(f'Shares the name "{alias}" with {others}; who is called so is kept apart from both.')
    return " ".join(told) or None


@cache
def _shared() -> dict[str, tuple[str, ...]]:
    """The disputed names that each actor is given, by the actor's key."""
    found: dict[str, tuple[str, ...]] = {}
    for alias, claimants in json_file(TABLE)["disputed"].items():
        for key in claimants:
            found[key] = (*found.get(key, ()), alias)
    return found


def _affiliate(name: str, words: list[str]) -> ActorName | None:
    """ "A CLOP affiliate": not CLOP, and not the same as any other of its affiliates is known to be."""
    rest = " ".join(word for word in words if word not in _words("affiliate") and word not in _words("nobody"))
    group = canonical_actor(rest) if rest else None
    if group is None:
        return None
    return ActorName(f"{group.key} affiliate", spoken(name), note=f"Who works with {group.name} is not {group.name}.")


def _known(key: str) -> str | None:
    """The galaxies' key for a key: itself, an alias's, or that of a brand whose version it names ("LockBit 3.0")."""
    known = _by_alias()
    if key in known:
        found = known[key]
        version = _VERSION.fullmatch(found)
        return _brand(version["base"]) or found if version else found
    version = _VERSION.fullmatch(key)
    return _brand(version["base"]) if version else None


def _brand(key: str) -> str | None:
    found = _by_alias().get(key)
    return found if found is not None and json_file(TABLE)["actors"][found][1] == "brand" else None


@cache
def _by_alias() -> dict[str, str]:
    """Every key by which an actor is known, to the actor's key; an actor's own name goes before others' aliases."""
    actors = json_file(TABLE)["actors"]
    return {actor_key(alias): key for key, row in actors.items() for alias in row[2:]} | {key: key for key in actors}


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(toml_file("actors_words.toml")[name])


def spoken(name: str) -> str:
    """The name as the source writes it, without what stands around it ("the Xyz ransomware gang" gives "Xyz")."""
    words = name[:LONGEST_NAME].split()
    start, end = 0, len(words)
    while start < end - 1 and fold(words[start]) in _words("leading"):
        start += 1
    while end > start + 1 and fold(words[end - 1]).strip(".,") in _words("trailing"):
        end -= 1
    return " ".join(words[start:end])
