"""What stands around a name that tells which part it plays (attacker, third party), as named features for the learned judges.

The words are sorted by what they tell of (`vocab/data/part_words.toml`); a cue is how a mention is joined to such a word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from breachbook.extract.mentions import Chunk, is_name_word
from breachbook.vocab.data_files import toml_file

BESIDE = 9
"""Words on each side of a name that are looked at."""
HEADS = ("group", "hacker", "malware", "expert", "supplier", "security", "product", "firm")
"""Sorts of nouns that say what a name is; of one word's sorts the first here."""
VERBS = ("claim", "took", "hit", "demand", "behind", "charged", "served", "speak")
"""Sorts of verbs that say what the bearer of a name does; of one word's sorts the first here."""
_AUXILIARIES = frozenset(
    "has have had also is was were are been be first then who which that later now allegedly reportedly since be being".split()
)
_BETWEEN = frozenset("the a an and hacker hackers group gang so-called infamous notorious prolific".split())
_JOINS = frozenset({"and", "or", ",", "&"})
_QUOTES = frozenset("\"“”‘’'«»")


@cache
def sorts() -> Mapping[str, frozenset[str]]:
    """What a lower-case word tells of."""
    found: dict[str, set[str]] = {}
    for sort, words in toml_file("part_words.toml").items():
        for word in words.split():
            found.setdefault(word, set()).add(sort)
    return {word: frozenset(kinds) for word, kinds in found.items()}


_NONE: frozenset[str] = frozenset()


class Surround:
    """The words on both sides of a mention, the nearest first, with what they tell of; names joined to it ("X and Y were") left out."""

    __slots__ = ("_written", "after", "after_sorts", "before", "before_sorts", "chunk", "joined")

    def __init__(self, chunk: Chunk) -> None:
        get = sorts().get
        self.chunk = chunk
        first, last = _without_joined(chunk)
        self.joined = (first, last) != (chunk.first, chunk.last)
        self._written = [t.word for t in chunk.tokens[max(0, first - BESIDE) : first]][::-1]
        self.before = [word.lower() for word in self._written]
        self.after = [t.lower for t in chunk.tokens[last : last + BESIDE]]
        self.before_sorts = [get(w, _NONE) for w in self.before]
        self.after_sorts = [get(w, _NONE) for w in self.after]

    def word_before(self, distance: int) -> str:
        """The word so far before the name as it is written (0: directly before it)."""
        return self._written[distance]

    def near_before(self, sort: str, within: int) -> bool:
        """Whether a word of a sort stands among so many words before the name."""
        return _stands(sort, self.before_sorts[:within])

    def near_after(self, sort: str, within: int) -> bool:
        """Whether a word of a sort stands among so many words after the name."""
        return _stands(sort, self.after_sorts[:within])


def _stands(sort: str, sorts_of_words: Sequence[frozenset[str]]) -> bool:
    for kinds in sorts_of_words:  # noqa: SIM110 - a loop and no generator: this is asked many times a name
        if sort in kinds:
            return True
    return False


def _without_joined(chunk: Chunk) -> tuple[int, int]:
    """The first token of the names that are joined to a mention, and the one after their last."""
    tokens, first, last = chunk.tokens, chunk.first, chunk.last
    while first > 1 and first > chunk.first - BESIDE and tokens[first - 1].word in _JOINS and is_name_word(tokens[first - 2].word):
        first -= 2
        while first > 0 and is_name_word(tokens[first - 1].word):
            first -= 1
    while last + 1 < len(tokens) and last < chunk.last + BESIDE and tokens[last].word in _JOINS and is_name_word(tokens[last + 1].word):
        last += 2
        while last < len(tokens) and is_name_word(tokens[last].word):
            last += 1
    return first, last


def _first(kinds: Collection[str], order: Sequence[str]) -> str | None:
    return next((kind for kind in order if kind in kinds), None)


def head_before(around: Surround) -> Iterator[str]:
    """The noun before a name that says what it is: directly ("hacker group X") or through words of naming ("a virus called X")."""
    named = False
    for distance, (word, kinds) in enumerate(zip(around.before, around.before_sorts, strict=True)):
        head = _first(kinds, HEADS)
        if head and not (named and word in ("as", "name")):
            yield f"head={head}" if distance == 0 or word in _QUOTES else f"{'named' if named else 'far'}-head={head}"
            return
        named = named or "named" in kinds or "handle" in kinds
        if word in (".", ";") or is_name_word(around.word_before(distance)) or (not named and distance > 2 and word not in _QUOTES):
            return


def head_after(around: Surround) -> Iterator[str]:
    """The noun after a name ("X ransomware gang", "X breach") or of its apposition ("X, a group of hackers who")."""
    words = [(w, k) for w, k in zip(around.after, around.after_sorts, strict=True) if w not in _QUOTES]
    if not words:
        return
    at = 0
    while at < min(3, len(words) - 1) and "trade" in words[at][1] and words[at + 1][1] & {"group", "hacker", "trade"}:
        at += 1
    head = _first(words[at][1], HEADS)
    if head:
        yield f"tail={head}"
    elif words[0][0] in (",", "(", "–", "—", "-") and len(words) > 1:
        for _, kinds in words[1:8]:
            head = _first(kinds, HEADS)
            if head:
                yield f"apposed={head}"
                return
            if _first(kinds, VERBS) and not kinds & {"served", "third"}:
                return


def verb_after(around: Surround) -> Iterator[str]:
    """What the bearer of the name is said to do, behind at most auxiliaries."""
    for distance, (word, kinds) in enumerate(zip(around.after[:5], around.after_sorts[:5], strict=True)):
        verb = _first(kinds, VERBS)
        if verb and not (distance == 0 and word in ("hack", "attack")):
            yield f"does={verb}"
            if verb in ("took", "claim") and {"responsibility", "credit"} & set(around.after[:6]):
                yield "does=behind"
            return
        if word not in _AUXILIARIES and not word.endswith("ly"):
            return


def agent(around: Surround) -> Iterator[str]:
    """What was done by the bearer: "hacked by X", "data stolen by the X gang", "attributed to X", "the work of X"."""
    for distance, word in enumerate(around.before[:5]):
        if word in ("by", "to", "on", "of", "from", "with"):
            for kinds in around.before_sorts[distance + 1 : distance + 5]:
                verb = _first(kinds, ("behind", "hit", "took", "claim", "served", "charged", "event", "customer", "flaw"))
                if verb:
                    yield f"{word}<{verb}"
                    return
            return
        if word not in _BETWEEN and not around.before_sorts[distance] & {"trade", "state", "group", "hacker"}:
            return


def standing(around: Surround) -> Iterator[str]:
    """Where a mention stands, and signs beside it."""
    chunk = around.chunk
    yield "at=title" if chunk.sentence.passage == "title" else f"at={'lead' if chunk.sentence.index <= 3 else 'later'}"
    if around.before[:1] and around.before[0] in _QUOTES:
        yield "quoted"
    if around.near_before("like", 4):
        yield "like"
    if around.near_before("denied", 5):
        yield "denied"
    if around.joined:
        yield "joined"
