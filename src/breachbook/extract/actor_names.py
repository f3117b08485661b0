"""Names of attackers that are not written like other names: handles in lower case, groups with a number, known names in headlines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache

from breachbook.extract.candidates import Candidate
from breachbook.extract.context import Context, SentenceSpan
from breachbook.extract.lexicon import common_words, fold_name, galaxy_actors, word_set
from breachbook.extract.mentions import Chunk, Token

LONGEST_KNOWN = 3
"""Words of a known name that is put together from words."""
LONGEST_HANDLE = 4
"""Words of a name between quotation marks that counts as a handle."""
SURELY_A_NAME = 8
"""Letters from which a known group's name is that name even in lower case ("thedarkoverlord"), when it is no common word."""
MOST_NAMES = 20
"""Names added to those of one document."""
MOST_MENTIONS = 12
"""Mentions of an added name that are looked at."""
REACH = 5
"""Words before a handle among which the word for a handle stands."""

_HANDLE = word_set("actors", "handle")
_NAMED = word_set("actors", "named")
_FIELD = word_set("actors", "field")
_WHO = word_set("actors", "who")
_UNLISTED = word_set("actors", "unlisted")
"""Groups that the galaxies lack because their names are words."""
_OPEN = frozenset("\"“‘'@")
_VERSION = re.compile(r"\d\.\d")
"""What behind a known name belongs to it ("LockBit 3.0")."""
_CLOSE = frozenset("\"”’'")


@cache
def _known_starts() -> frozenset[str]:
    """The first letters of known names, up to `START` of them: most words begin none."""
    return frozenset(name[:size] for name in (*galaxy_actors(), *_UNLISTED) for size in range(1, START + 1))


START = 6
"""Letters of a word by which it is told that no known name begins with it."""


@lru_cache(maxsize=8192)
def _begins_none(word: str) -> bool:
    """Whether neither a quotation, nor a handle without quotation marks, nor a known name begins with a word."""
    return word not in _OPEN and (not word.islower() or word.isalpha()) and fold_name(word[:START]) not in _known_starts()


def _is_no_odd_name(word: str) -> bool:
    return len(word) <= LONGEST_KEPT and _begins_none(word)


LONGEST_KEPT = 40
"""Characters of a word that is kept in mind."""


def with_odd_names(
    things: Sequence[Candidate], context: Context, words: Sequence[tuple[Token, ...]], taken: Sequence[Candidate] = ()
) -> list[Candidate]:
    """The things named, with what is named like an attacker and was not found as a name (or found only with other words).

    `words` are the tokens of the sentences, `taken` what plays another part already: no names are found in its names.
    A name of the things that lies within an added one gives way to it.
    """
    named = frozenset(t.start for thing in (*things, *taken) for c in thing.mentions for t in c.tokens[c.first : c.last])
    added: dict[str, list[Chunk]] = {}
    for span, line in zip(context.sentences, words, strict=True):
        for first, last in _odd_names(line, named):
            _add(added, _chunk(context, span, line, first, last))
    if not added:
        return list(things)
    for span, line in zip(context.sentences, words, strict=True):
        for at, token in enumerate(line):
            if token.start not in named and (folded := fold_name(token.word)) in added and folded not in common_words():
                _add(added, _chunk(context, span, line, at, at + 1))
    return _joined(things, added)


def _chunk(context: Context, span: SentenceSpan, line: tuple[Token, ...], first: int, last: int) -> Chunk:
    start, end = line[first].start, line[last - 1].end
    return Chunk(start, end, context.text[start:end], span, line, first, last)


def _add(added: dict[str, list[Chunk]], chunk: Chunk) -> None:
    name = fold_name(chunk.name)
    if name and (name in added or len(added) < MOST_NAMES):
        same = added.setdefault(name, [])
        if len(same) < MOST_MENTIONS and all(c.start != chunk.start for c in same):
            same.append(chunk)


def _odd_names(line: tuple[Token, ...], named: Collection[int]) -> Iterator[tuple[int, int]]:
    """Where the odd names of a sentence stand (first token, token after the last)."""
    taken = 0
    for at, token in enumerate(line):
        if at < taken or _is_no_odd_name(token.word):
            continue
        quoted = token.word in _OPEN
        last = _known(line, at, named) or (_handle(line, at) if quoted else _bare_handle(line, at))
        if last:
            taken = last
            yield at + quoted, last


def _known(line: tuple[Token, ...], at: int, named: Collection[int]) -> int:
    """The token after a known name that begins here (0: none does). Within a longer name it needs a number."""
    first = fold_name(line[at].word)
    if first not in galaxy_actors() and first not in _UNLISTED:
        following = fold_name(line[at + 1].word) if at + 1 < len(line) and not line[at].possessive else ""
        if not following or (first + following)[:START] not in _known_starts():
            return 0
    folded, found = "", 0
    for last in range(at, min(len(line), at + LONGEST_KNOWN)):
        part = fold_name(line[last].word)
        folded += part
        if not part:
            break
        kind = "group" if folded in _UNLISTED else galaxy_actors().get(folded, ("", ""))[1]
        if kind and last + 1 < len(line) and _VERSION.fullmatch(line[last + 1].word):
            return last + 2
        if kind and not folded.isdigit() and len(folded) > 2 and _counts(line[at : last + 1], folded, kind, line[at].start in named):
            found = last + 1
        if line[last].possessive:
            break
    return found


def _counts(words: Sequence[Token], folded: str, kind: str, is_named: bool) -> bool:
    if is_named:
        return kind == "group" and len(words) > 1 and words[-1].word.isdigit()
    if folded in common_words():
        return folded in _UNLISTED and words[0].word[0].isupper()
    if kind != "group":
        return len(words) > 1 and words[0].word[0].isupper()
    return words[0].word[0].isupper() or words[0].word[0].isdigit() or len(folded) >= SURELY_A_NAME


def _handle(line: tuple[Token, ...], at: int) -> int:
    """The token after a handle between the quotation mark here and the next one, or behind an at sign (0: it is none)."""
    before = {t.lower for t in line[max(0, at - REACH) : at]}
    if before.isdisjoint(_HANDLE) and (before.isdisjoint(_NAMED) or _FIELD.isdisjoint([t.lower for t in line])):
        return 0
    if line[at].word == "@":
        return at + 2 if at + 1 < len(line) else 0
    for last in range(at + 2, min(len(line), at + 2 + LONGEST_HANDLE)):
        words = [t.word for t in line[at + 1 : last]]
        if line[last].word in _CLOSE or line[last].word in (",", "."):
            return last if all(_is_handle(w, len(words)) for w in words) else 0
    return 0


def _bare_handle(line: tuple[Token, ...], at: int) -> int:
    """The token after a handle without quotation marks: letters with digits or a line below, behind a word for a handle or for a hacker."""
    word = line[at].word
    if not (word.islower() and ("_" in word or (any(map(str.isdigit, word)) and any(map(str.isalpha, word)) and not word[0].isdigit()))):
        return 0
    before = {t.lower for t in line[max(0, at - REACH) : at]}
    return 0 if before.isdisjoint(_HANDLE) and before.isdisjoint(_WHO) else at + 1


def _is_handle(word: str, of: int) -> bool:
    """Whether a word may be (one of so many words of) a handle: a capital or a digit first, or alone and no common word."""
    return word[0].isupper() or word[0].isdigit() or (of == 1 and word.isalnum() and word not in common_words())


def _joined(things: Sequence[Candidate], added: dict[str, list[Chunk]]) -> list[Candidate]:
    """The things with the added names: as mentions of the thing of the same name, else as things of their own."""
    places = [(c.start, c.end) for chunks in added.values() for c in chunks]
    found: list[Candidate] = []
    for thing in things:
        own = [c for form in thing.forms() for c in added.pop(fold_name(form.name), ())]
        kept = [c for c in thing.mentions if not any(a <= c.start and c.end <= b for a, b in places)]
        if not own and len(kept) == len(thing.mentions):
            found.append(thing)
        elif kept or own:
            found.append(Candidate(thing.words, sorted([*kept, *own], key=lambda c: c.start)))
    found += [
        Candidate(tuple(c.word.lower() for c in chunks[0].tokens[chunks[0].first : chunks[0].last]), chunks) for chunks in added.values()
    ]
    return found
