"""How alike two names are, word by word: words that many names have count little, and a misspelt or shortened word counts in part."""

from __future__ import annotations

from collections.abc import Callable

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from breachbook.text.domains import label
from breachbook.text.name_keys import words
from breachbook.text.named_places import named_countries
from breachbook.text.names import Name, common_words, little_words

Rarity = Callable[[str], float]
"""How much a word tells: its IDF among the names that are compared."""

LEAST_NEAR = 0.6
"""Share of letters that two words must have in common, in order, for one to be the other misspelt."""

SHORTEST_CUT = 5
"""Letters of a name written together that may differ in some: in shorter ones a letter makes another name."""

CUT_POWER = 2
"""How fast that falls with the letters that differ."""

SHORTEST_SPELT = 3
"""Letters of a word that is looked for within a domain's label."""

MANY_SLIPS = 0.5
"""What is left of a word's likeness when more letters differ than slips of the hand make: it is rather another word."""

LETTERS_PER_SLIP, MOST_SLIPS = 4, 2
"""One letter put in, left out, changed or swapped is a slip in so many; more than two are none (as for `near_name`)."""

SHORTENED = 0.8
"""What a word counts that is the beginning of the other, or its letters in order ("Mfg", "Manuf"): half of this at least, the more the
less is cut away."""

INITIALS = 0.5
"""What a label counts that is spelt by a name's initials: many names share them."""

SHORTEST_SHORTENED = 2
"""Letters of a shortened word."""

CUT_OTHERWISE = 0.92
"""What names count that are the same but for where their words are cut."""

BOTH_KNOWN = 0.7
"""What is left of the likeness of two words that other names have too: then neither need be the other misspelt."""

EXCHANGED = 2.0
"""How much more words count against two names when each has some that the other lacks: "X Trust" and "X Bank" are two, while of "X
Holdings" and "X" one is often written short."""

UNKNOWN = ""
"""A word that no name has."""

UNKNOWN_RARITY, HALF, LITTLE = 10.0, 5.0, 3.0
"""What words tell where no list of names says it: about the IDFs of a name's own word, of "memorial" and of "company" in a million
names."""

SHORT = 3
"""Letters."""

LEAST_RARITY = 0.3
"""A word that all names have still tells a little."""


def likeness(left: Name, right: Name, rarity: Rarity) -> float:
    """From 0 (nothing in common) to 1 (the same words): the share of the names' weight that their common words have."""
    if left.domain or right.domain:
        return _of_domain(left, right, rarity)
    a, b = words(left), words(right)
    weights = {word: max(rarity(word), LEAST_RARITY) for word in (*a, *b)}
    common = set(a) & set(b)
    shared = whole = 2 * sum(weights[word] for word in common)
    rest = [word for word in b if word not in common]
    alone, unknown = 0.0, rarity(UNKNOWN)
    for word in sorted((word for word in a if word not in common), key=lambda w: (-weights[w], w)):
        alike, other = max(((near(word, other), other) for other in rest), default=(0.0, ""))
        if alike:
            # A misspelt form is in no other name, which makes it seem to tell much: the commoner of the two counts.
            weight = min(weights[word], weights[other])
            shared += 2 * alike * weight * (1.0 if unknown in (rarity(word), rarity(other)) else BOTH_KNOWN)
            whole += 2 * weight
            rest.remove(other)
        else:
            alone += weights[word]
    other_alone = sum(weights[word] for word in rest)
    whole += (alone + other_alone) * (EXCHANGED if alone and other_alone else 1.0)
    return max(shared / whole if whole else 0.0, _cut(left.bare.replace(" ", ""), right.bare.replace(" ", "")))


def _cut(left: str, right: str) -> float:
    """How alike two names are when they are written together."""
    if min(len(left), len(right)) < SHORTEST_CUT:
        return CUT_OTHERWISE if left == right else 0.0
    return CUT_OTHERWISE * float(ratio(left, right) / 100) ** CUT_POWER


def near(left: str, right: str) -> float:
    """What one word counts for another: 1 when they are the same, less when one is the other misspelt or shortened, else 0."""
    short, long = sorted((left, right), key=len)
    if short == long:
        return 1.0
    if len(short) >= SHORTEST_SHORTENED and short[0] == long[0] and len(long) - len(short) >= 2 and _within(short, long):
        return SHORTENED * (1 + len(short) / len(long)) / 2
    if {c for c in short if c.isdigit()} != {c for c in long if c.isdigit()}:
        return 0.0
    apart = int(OSA.distance(left, right))
    alike = 1 - apart / len(long)
    if alike < LEAST_NEAR or len(short) <= 2:
        return 0.0
    return alike if apart <= min(MOST_SLIPS, len(short) // LETTERS_PER_SLIP) else alike * MANY_SLIPS


def _within(short: str, long: str) -> bool:
    """Whether the letters of one word stand in the other in their order."""
    letters = iter(long)
    return all(letter in letters for letter in short)


def _of_domain(left: Name, right: Name, rarity: Rarity) -> float:
    """A domain's label against a name written together; a name that only begins with it counts by the weight of the words met."""
    if left.domain and right.domain:
        return 1.0 if left.domain == right.domain else _cut(label(left.domain), label(right.domain))
    domain, name = (left, right) if left.domain else (right, left)
    spelt = label(str(domain.domain))
    if not spelt or not name.key:
        return 0.0
    if spelt == name.acronym:
        return INITIALS
    return max(_spelt(spelt, name, rarity), _cut(spelt, name.squash))


def _spelt(spelt: str, name: Name, rarity: Rarity) -> float:
    """How far a label is made of a name's words: between the share of the label that they fill, and the share of the name's weight
    that they have (the harmonic mean of both)."""
    asked = words(name)
    weights = {word: max(rarity(word), LEAST_RARITY) for word in asked}
    left, met = spelt, 0.0
    for word in sorted(asked, key=lambda w: (-len(w), w)):
        if word in left and (len(word) >= SHORTEST_SPELT or word == left):
            left = left.replace(word, " ", 1)
            met += weights[word]
    filled, told = 1 - len(left.replace(" ", "")) / len(spelt), met / sum(weights.values())
    return 2 * filled * told / (filled + told) if met else 0.0


def plain_rarity(word: str) -> float:
    """How much a word tells where no list of names says it: words of companies and kinds little; common ones, countries, and words so
    short that they mostly are initials or numbers, half."""
    if word in little_words():
        return LITTLE
    half = 0 < len(word) <= SHORT or word in common_words() or named_countries(word)
    return HALF if half else UNKNOWN_RARITY
