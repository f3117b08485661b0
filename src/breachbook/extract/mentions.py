"""Names in running text: chunks of capitalised words, which hold nearly every organisation that a report names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from breachbook.extract.context import Context, SentenceSpan
from breachbook.extract.lexicon import (
    common_words,
    countries,
    fold_name,
    galaxy_actors,
    given_names,
    name_kinds,
    place,
    regions,
    sector_words,
    word_set,
)

LONGEST_NAME = 10
"""Words of a name; longer runs of capitals are headings or shouting."""
MOST_MENTIONS = 600
"""Names read of one document; a report has about forty."""
TITLE_CASE = 0.55
"""A line is in title case when at least this share of its longer words is capitalised."""

_TOKEN = re.compile(r"[^\W_]++(?:(?:[’'@+_&\-/](?=[^\W_])|\.(?=[a-z0-9])|(?<=\b[A-Z])\.(?=[A-Z]\b)|\+(?!\w))[^\W_]*+)*+|[^\w\s]|_")
_POSSESSIVE = re.compile(r"(?:[’'][sS])$")
_MIXED = re.compile(r"[a-z0-9][A-Z]|\d[A-Za-z]|[A-Za-z]\d|^[A-Z]{2,}\b")
_DOMAIN = re.compile(
    r"(?:www\.)?((?:[\w-]{1,63}\.){1,4}(?:com|org|net|io|gov|edu|co|info|biz|me|tv|app|dev|ai|uk|de|fr|in|ca|au|nz|us|eu|mil|"
    r"int|ru|cn|jp|kr|br|it|es|nl|pl|ch|se|no|at|be|hk|sg|my|pk|za|ie|gg|xyz|online|site|health|bank|club|cc))",
    re.IGNORECASE,
)
_LINKS = (
    ("of",),
    ("for",),
    ("&",),
    ("de",),
    ("du",),
    ("des",),
    ("del",),
    ("di",),
    ("da",),
    ("do",),
    ("of", "the"),
    ("for", "the"),
    ("de", "la"),
    ("on",),
)
_LINK_WORDS = frozenset(link[0] for link in _LINKS)
_LEADING = word_set("mentions", "leading")
_ARTICLES = word_set("mentions", "articles")
_LEGAL_AFTER_COMMA = frozenset(
    {
        "inc",
        "llc",
        "ltd",
        "llp",
        "corp",
        "plc",
        "pc",
        "p.c",
        "pa",
        "p.a",
        "l.l.c",
        "limited",
        "co",
        "lp",
        "s.a",
        "n.a",
        "pllc",
        "incorporated",
    }
)
ROLES = word_set("mentions", "roles")
"""Words before the name of a person."""
_TYPE_AFTER = word_set("mentions", "type_after")
_FRACTION = re.compile(r"\d{1,2}/\d{1,2}")
"""Two numbers with a stroke between them, which begin some names ("20/20 Eye Care", "24/7 Media")."""
_DOTTED = frozenset({"St", "Mt", "Ft", "Dr", "U.S", "U.K"})
"""Abbreviations whose full stop stands inside names ("St. Louis")."""
_ENDINGS = (".", "!", "?")
"""Signs that end sentences, not headlines."""
_ENDS = word_set("mentions", "ends")
"""Words of headlines that end a name although they have capitals there."""
_ADJECTIVE_ENDS = word_set("mentions", "adjective_ends")
"""Behind a hyphen these make an adjective of a name ("US-based")."""
_CALENDAR = word_set("mentions", "calendar")
_STRUCK, _STRIKING = word_set("mentions", "struck"), word_set("mentions", "striking")
"""Words of headlines for what was struck, and for how, which stand behind a name without being part of it."""
_MAKERS = word_set("mentions", "makers")
_TYPE_BEFORE = word_set("mentions", "type_before")
_FEED_FOOTER = re.compile(r"The post .{1,400}? appeared first on ")
"""The footer that blogging software puts under an item of a feed: the headline again, whose capitals tell nothing."""
_FIRST_PERSON = re.compile(r"I[’'][a-z]{1,2}")


class Token(NamedTuple):
    """A word or sign of a sentence, `text[start:end]`, without a possessive ending (`possessive` says that it had one).

    `lower` is the word in lower case, and `is_name` whether it is written as part of a name (see `is_name_word`).
    """

    start: int
    end: int
    word: str
    possessive: bool
    lower: str
    is_name: bool


@dataclass(frozen=True, slots=True)
class Chunk:
    """A name as it stands: its words, its sentence and where in the sentence's tokens it is (`first` to `last`, excluded).

    `after_possessive` is the token index of an owner directly before it ("Sony’s" of "Sony’s PlayStation")."""

    start: int
    end: int
    name: str
    sentence: SentenceSpan
    tokens: tuple[Token, ...]
    first: int
    last: int

    @property
    def possessive(self) -> bool:
        """Whether the name owns what follows it."""
        return self.tokens[self.last - 1].possessive

    def before(self, back: int = 1) -> str:
        """The lower-case token so far before the name (empty: none)."""
        at = self.first - back
        return self.tokens[at].lower if at >= 0 else ""

    def after(self, ahead: int = 1) -> str:
        """The lower-case token so far after the name (empty: none)."""
        at = self.last + ahead - 1
        return self.tokens[at].lower if at < len(self.tokens) else ""


def tokens(text: str, start: int, end: int) -> tuple[Token, ...]:
    """The words and signs of `text[start:end]`."""
    found = []
    known, make = _FORMS.get, tuple.__new__  # the constructor of a named tuple, without its call in Python
    for match in _TOKEN.finditer(text, start, end):
        written = match[0]
        word, possessive, may_own, lower, is_name = known(written) or _form(written)
        first = match.start()
        last = first + len(word)
        if may_own and text[last : last + 1] in ("'", "’"):
            possessive = text[last + 1 : last + 2] == " " and word[0].isupper()
        found.append(make(Token, (first, last, word, possessive, lower, is_name)))
    return tuple(found)


_Form = tuple[str, bool, bool, str, bool]
_FORMS: dict[str, _Form] = {}
"""What is known of words by themselves as they are written; they come again and again."""
MOST_FORMS = 40_000
LONGEST_FORM = 24
"""Words kept in mind, and characters of one: what no language repeats is worked out each time, so that memory stays bounded."""


def _form(written: str) -> _Form:
    """The word without a possessive ending, whether it had one, whether an apostrophe behind it makes it one, its lower case,
    and whether it is a word of names."""
    possessive = len(written) > 2 and _POSSESSIVE.search(written) is not None
    word = written[:-2] if possessive else written
    made = (word, possessive, not possessive and len(word) > 2 and word[-1] == "s", word.lower(), is_name_word(word))
    if len(written) <= LONGEST_FORM:
        if len(_FORMS) >= MOST_FORMS:
            _FORMS.clear()
        _FORMS[written] = made
    return made


def is_name_word(word: str) -> bool:
    """Whether a word is written as part of a name: capital first, or capitals inside (`iCloud`), or a domain."""
    first = word[0]
    if first.isupper():
        if first == "I" and _FIRST_PERSON.fullmatch(word):
            return False
        return not (("-" in word) and word.rpartition("-")[2] in _ADJECTIVE_ENDS)
    if not first.isalnum():
        return False
    return any(c.isupper() for c in word[1 : 12 if first.isdigit() else 4]) or ("." in word and is_domain(word))


def is_domain(word: str) -> bool:
    """Whether a word is the name of a site (`gamestop.com`)."""
    return "." in word and "@" not in word and _DOMAIN.fullmatch(word) is not None


def is_title_case(words: Iterable[Token]) -> bool:
    """Whether a line capitalises nearly every word, so that capitals tell nothing."""
    longer = [t.word for t in words if len(t.word) >= 4 and t.word[0].isalpha()]
    return len(longer) >= 3 and sum(w[0].isupper() for w in longer) >= TITLE_CASE * len(longer)


TITLED_NAME = 3
"""Words of a role and the name of the person who has it ("Wayne County | Manager Jane Doe")."""


def _is_role_here(words: tuple[Token, ...], first: int, at: int, last: int) -> bool:
    """Whether a role word inside a chunk parts an organisation from a person ("Acme CEO Jane Doe", "CEO of Acme")."""
    if at + 1 < last and words[at + 1].word == "of":
        return at == first
    following = words[at + 1].lower if at + 1 < last else ""
    if at > first and last - at == TITLED_NAME and words[at - 1].lower in sector_words("name"):
        return True
    return following in given_names() or words[at].lower in ("ceo", "cto", "cfo", "ciso", "cio", "spokesman", "spokeswoman")


def _is_common(lower: str) -> bool:
    """Whether a word of a headline is a common one, or an inflected form of one ("discloses")."""
    if lower in common_words():
        return True
    return any(lower.endswith(e) and len(lower) - len(e) >= SHORTEST_STEM and lower[: -len(e)] in common_words() for e in _INFLECTIONS)


_VERBAL = ("s", "ed")
_INFLECTIONS = ("s", "es", "d", "ed", "ing")
SHORTEST_STEM = 5
"""Letters of a word whose inflected forms are common too; of shorter ones many are names ("Boots", "Sears")."""


def _is_struck(word: str, following: str) -> bool:
    """Whether a word belongs to what happened, not to the name before it ("Acme Data | Breach")."""
    return word.lower() in _STRUCK and following.lower() in _STRIKING


class MentionFinder:
    """Finds the names of one document. Capitals inside sentences teach it what is a name in its headlines."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.sentence_tokens = [
            () if _FEED_FOOTER.match(context.text, s.start, s.end) else tokens(context.text, s.start, s.end) for s in context.sentences
        ]
        self._shouted = [bool(words) and words[-1].word not in _ENDINGS and is_title_case(words) for words in self.sentence_tokens]
        self._lower: set[str] = set()
        self._inside: dict[str, int] = {}
        self._pairs: set[tuple[str, str]] = set()
        self._inner_pairs: set[tuple[str, str]] = set()
        for words, shouted in zip(self.sentence_tokens, self._shouted, strict=True):
            if shouted:
                continue
            self._learn(words)

    def _learn(self, words: tuple[Token, ...]) -> None:
        """Notes which words a sentence writes in lower case, and which ones with a capital although they do not begin it."""
        before, after_name, inside = "", False, False
        for _, _, word, _, _, is_name in words:
            if word.islower():
                self._lower.add(word)
            elif before and word[0].isupper() and before.isalpha():
                self._inside[word] = self._inside.get(word, 0) + 1
            if is_name and after_name:
                self._pairs.add((before, word))
                if inside:
                    self._inner_pairs.add((before, word))
            inside = before != "" and before.isalpha()
            before, after_name = word, is_name

    def chunks(self) -> list[Chunk]:
        """All names, in text order."""
        found: list[Chunk] = []
        for span, words, shouted in zip(self._context.sentences, self.sentence_tokens, self._shouted, strict=True):
            found += self._sentence(span, words, shouted)
            if len(found) >= MOST_MENTIONS:
                break
        return found

    def _sentence(self, span: SentenceSpan, words: tuple[Token, ...], shouted: bool) -> Iterator[Chunk]:
        index = 0
        while index < len(words):
            if not (words[index].is_name or words[index].word[0].isdigit()) or not self._begins(words, index, shouted):
                index += 1
                continue
            last = self._extent(words, index, shouted)
            for first, stop in self._parts(words, index, last, shouted):
                yield self._chunk(span, words, first, stop)
            index = last

    def _begins(self, words: tuple[Token, ...], index: int, shouted: bool) -> bool:
        word = words[index].word
        if word[0].isdigit() and _FRACTION.fullmatch(word):
            follows = words[index + 1].word if index + 1 < len(words) else ""
            return follows[:1].isupper() and follows.lower() not in _LEADING and follows.lower() not in _CALENDAR
        if not words[index].is_name or (len(word) == 1 and word in "IA"):
            return False
        lower = words[index].lower
        if shouted:
            if index > 0 and self._tells_of_name(words[index - 1].word, words[index]):
                return False
            return self._is_name_in_headline(word, lower) or self._is_first_of_name(words, index)
        if index == 0 or not words[index - 1].word[-1].isalnum():
            if lower in _LEADING and not (word.isupper() and len(word) > 1 and self._inside.get(word, 0)):
                return self._is_first_of_name(words, index)
            return not (lower in common_words() or lower in self._lower) or self._inside.get(word, 0) > 0 or self._continues(words, index)
        return True

    def _is_first_of_name(self, words: tuple[Token, ...], index: int) -> bool:
        """Whether a word that often leads to a name belongs to one here: to a place ("New Jersey"), or to a name that stands so
        inside another sentence ("First American")."""
        if index + 1 >= len(words) or words[index].lower in _ARTICLES:
            return False
        pair = (words[index].word, words[index + 1].word)
        return pair in self._inner_pairs or (pair[1][:1].isupper() and place(" ".join(pair)) is not None)

    def _continues(self, words: tuple[Token, ...], index: int) -> bool:
        """Whether a common word that begins a sentence belongs to a name ("Sports Direct said")."""
        if index + 1 >= len(words) or words[index].possessive:
            return False
        following = words[index + 1]
        return (following.is_name and following.lower not in _LEADING and words[index].word not in self._lower) or (
            following.word == "of" and words[index].lower in _TYPE_BEFORE
        )

    def _is_name_in_headline(self, word: str, lower: str) -> bool:
        if lower in _LEADING:
            return False
        if lower in sector_words("name") or word in countries():
            return True
        if self._inside.get(word, 0):
            return lower not in self._lower or self._inside.get(word, 0) > 1
        return _MIXED.search(word) is not None or not (_is_common(lower) or lower in self._lower)

    def _extent(self, words: tuple[Token, ...], index: int, shouted: bool) -> int:
        """The token after the name that begins at `index`."""
        last = index + 1
        while last < len(words) and last - index < LONGEST_NAME:
            step = self._step(words, last, shouted)
            if not step:
                break
            last += step
        while shouted and last - index > 1 and last < len(words) and _is_struck(words[last - 1].word, words[last].word):
            last -= 1
        return last

    def _step(self, words: tuple[Token, ...], at: int, shouted: bool) -> int:
        """How many tokens from `at` on go on with the name before them (0: it ends)."""
        text = self._context.text
        gap = text[words[at - 1].end : words[at].start]
        if words[at - 1].possessive and text[words[at - 1].end] not in "'’":
            return 0
        gap = gap.removeprefix("'s").removeprefix("’s").removeprefix("'").removeprefix("’")
        word = words[at].word
        if word == "," and at + 1 < len(words) and words[at + 1].lower in _LEGAL_AFTER_COMMA:
            return 2
        if word == "." and words[at - 1].word in _DOTTED and at + 1 < len(words):
            follows = text[words[at].end : words[at + 1].start] == " " and words[at + 1].lower not in _LEADING
            return 2 if follows and self._goes_on(words[at + 1], shouted) else 0
        if gap not in (" ", "", "\u00a0", "  "):
            return 0
        if gap == "" and not (word == "&" or words[at - 1].word == "&"):
            return 0
        if shouted and self._tells_of_name(words[at - 1].word, words[at]):
            return 0
        if self._goes_on(words[at], shouted) or (shouted and (words[at - 1].word, word) in self._pairs):
            return 1
        if word not in _LINK_WORDS:
            return 0
        for link in _LINKS:
            stop = at + len(link)
            if link == ("on",) and stop < len(words) and words[stop].lower in _CALENDAR:
                continue
            if stop < len(words) and all(words[at + i].word == part for i, part in enumerate(link)):
                return len(link) + 1 if self._goes_on(words[stop], shouted) and self._may_link(words, at, link) else 0
        return 0

    def _tells_of_name(self, before: str, token: Token) -> bool:
        """Whether a word of a headline may be the verb of the name before it ("Acme Downsizes"): the text has that name without it."""
        verbal = token.lower.endswith(_VERBAL) and token.word[-1].islower()
        return verbal and before in self._inside and token.word not in self._inside and (before, token.word) not in self._pairs

    def _may_link(self, words: tuple[Token, ...], at: int, link: tuple[str, ...]) -> bool:
        if words[at - 1].possessive:
            return False
        before = words[at - 1].lower
        if link[0] in ("for", "on"):
            return before in sector_words("name") or before in (
                "center",
                "centre",
                "campaign",
                "committee",
                "society",
                "office",
                "council",
                "alliance",
                "foundation",
                "organization",
            )
        return True

    def _goes_on(self, token: Token, shouted: bool) -> bool:
        if not token.is_name or token.word == "I" or token.lower in _ENDS:
            return False
        return not shouted or self._is_name_in_headline(token.word, token.lower)

    def _parts(self, words: tuple[Token, ...], first: int, last: int, shouted: bool) -> Iterator[tuple[int, int]]:
        """A chunk, or its parts where an owner and a thing owned were run together ("Singapore’s Defence Ministry")."""
        while last - first > 1 and self._is_led_by(words, first, shouted):
            first += 1
        if shouted:
            first = self._behind_kind(words, first, last)
        for at in range(first, last):
            if words[at].lower in ROLES and words[at].word[0].isupper() and _is_role_here(words, first, at, last):
                yield from self._parts(words, first, at, shouted)
                after = at + 2 if at + 1 < last and words[at + 1].word == "of" else at + 1
                yield from self._parts(words, after, last, shouted)
                return
        for at in range(first, last - 1):
            if words[at].possessive:
                owner = " ".join(t.word for t in words[first : at + 1])
                if place(owner) or owner.lower() in name_kinds() or self._inside.get(words[first].word, 0) > 2:
                    yield first, at + 1
                    yield from self._parts(words, at + 1, last, shouted)
                    return
        if first < last:
            yield first, last

    def _behind_kind(self, words: tuple[Token, ...], first: int, last: int) -> int:
        """Where the name begins in a headline that says first where it is from and what it is ("Japanese Telco KDDI")."""
        if words[first].word not in countries() or (words[first].word, words[first + 1].word if first + 1 < last else "") in self._pairs:
            return first
        at = first + 1
        while at < last and (words[at].lower in sector_words("kind") or words[at].lower in _MAKERS):
            at += 1
        return at if first + 1 < at < last and words[at].lower not in sector_words("name") else first

    def _is_led_by(self, words: tuple[Token, ...], first: int, shouted: bool) -> bool:
        """Whether the first word is no part of the name: an article, or a common word with the capital of a sentence's start."""
        word = words[first].word
        lower = word.lower()
        if lower in _LEADING:
            if word.isupper() and len(word) > 1:
                return False
            inside = not shouted and first > 0 and words[first - 1].word.islower()
            return lower in _ARTICLES or not (inside or self._is_first_of_name(words, first))
        starts = not shouted and (first == 0 or not words[first - 1].word[-1].isalnum())
        joined = self._context.text[words[first].end : words[first + 1].start] == " "
        return (
            starts
            and joined
            and lower in common_words()
            and not self._inside.get(word, 0)
            and lower not in sector_words("name")
            and words[first + 1].word != "of"
            and fold_name(word) not in galaxy_actors()
            and not self._is_first_of_name(words, first)
        )

    def _chunk(self, span: SentenceSpan, words: tuple[Token, ...], first: int, last: int) -> Chunk:
        first, last = self._with_kind(words, first, last)
        start, end = words[first].start, words[last - 1].end
        return Chunk(start, end, self._context.text[start:end], span, words, first, last)

    def _with_kind(self, words: tuple[Token, ...], first: int, last: int) -> tuple[int, int]:
        """The chunk with a lower-case word that belongs to it ("city of Atlanta", "Madison county", "Barts health trust")."""
        if first >= 2 and words[first - 1].word == "of" and words[first - 2].word in _TYPE_BEFORE:
            return first - 2, last
        if not words[last - 1].possessive:
            stop = last
            while stop < len(words) and stop - last < 3 and words[stop].word in _TYPE_AFTER and self._gap_is_space(words, stop):
                stop += 1
            bare = last - first == 1 and words[first].lower in _TYPE_AFTER
            if stop > last and not bare and words[last - 1].word not in countries() and words[last - 1].word not in regions():
                return first, stop
        return first, last

    def _gap_is_space(self, words: tuple[Token, ...], at: int) -> bool:
        return self._context.text[words[at - 1].end : words[at].start] == " "
