"""All patterns of all extractors in one pass over a text.

Hyperscan finds where a pattern may end, at gigabytes a second; Python's `re` then reads there, in a window, and has the
last word on what the match is and what its groups are. Where Hyperscan has no wheel, `re` does both, with the same matches.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import re
import tempfile
import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from breachbook import settings
from breachbook.text.folding import fold

hyperscan: Any = importlib.import_module("hyperscan") if importlib.util.find_spec("hyperscan") else None
"""The module, or None where it has no wheel: then `re` alone gives the same matches."""

LONGEST_MATCH = 160
"""Characters that a match may have at most (the window of the issue "The book opens"); patterns must be bounded so."""

LOOK_AHEAD = 32
"""Characters behind a match that a lookahead may need to see."""

_GAP = re.compile(r"[+*][ ,]*\)\{")
"""Repeated words inside a pattern: telling where such a match begins costs Hyperscan a database five times the size."""

_LOOKAROUND = re.compile(r"\(\?<?[=!]")
_BOUND = re.compile(r"(\\w|\\d|\])\{1,\d+\}")
_TOKEN = re.compile(r"\\.|\[\^?\]?|\(\?<?[=!]|\(|.", re.DOTALL)
_HIGH = re.compile(r"[\x80-\xff]")


def default_cache() -> Path:
    """Where compiled patterns are kept: a cache folder per user, shared by all books, since compiling takes some seconds."""
    return settings.default_cache(os.environ)


class Scanner:
    """Finds all matches of named regular expressions.

    Patterns are searched case-insensitively, with ASCII's `\\w`, `\\d`, `\\b`, in the folded text (`folding.fold`): write
    them in plain ASCII (and `€`, `£`, `¥`). A part that must respect case goes into `(?-i:...)`. They may not match the
    empty string, nor more than `LONGEST_MATCH` characters. Matches of one pattern do not overlap.

    Args:
        patterns: regular expressions by name.
        engine: `hyperscan`, `re`, or None for the best there is.
        cache: the folder where compiled patterns are kept; None keeps none.
    """

    def __init__(self, patterns: Mapping[str, str], *, engine: str | None = None, cache: Path | None = None) -> None:
        self.names = tuple(patterns)
        self.sources = tuple(_plain(patterns[name]) for name in self.names)
        self.engine = engine or ("hyperscan" if hyperscan is not None else "re")
        self.refused: tuple[str, ...] = ()
        self._lock = threading.Lock()
        self._database: Any = None
        self._rest: tuple[int, ...] = tuple(range(len(self.names)))
        if self.engine == "hyperscan" and self.names:
            self._database, kept = _database(self.sources, cache)
            self._rest = tuple(i for i in range(len(self.names)) if i not in kept)
            self.refused = tuple(self.names[i] for i in self._rest)

    def find(self, text: str) -> dict[str, list[re.Match[str]]]:
        """The matches by pattern name, in text order; names without a match are absent.

        The matches are those in the folded text: offsets are those of `text`, but take words from `text` itself.
        """
        if not self.names:
            return {}
        folded = fold(text)
        found: dict[int, list[re.Match[str]]] = {}
        if self._database is not None:
            for index, spans in self._spans(folded).items():
                found[index] = _read(_compiled(self.sources[index]), folded, spans)
        for index in self._rest:
            found[index] = list(_compiled(self.sources[index]).finditer(folded))
        return {self.names[index]: found[index] for index in sorted(found) if found[index]}

    def _spans(self, folded: str) -> dict[int, list[tuple[int, int]]]:
        """Where Hyperscan sees the outline of each pattern: for every end the leftmost start, or as far back as a match may reach."""
        spans: dict[int, list[tuple[int, int]]] = defaultdict(list)

        def note(index: int, start: int, end: int, flags: int, context: object) -> None:
            spans[index].append((start, end))

        with self._lock:  # Hyperscan's scratch space serves one scan at a time
            self._database.scan(folded.encode("latin-1"), match_event_handler=note)
        return {
            index: found if _tells_start(self.sources[index]) else [(end - LONGEST_MATCH, end) for _, end in found]
            for index, found in spans.items()
        }


def _read(pattern: re.Pattern[str], folded: str, spans: Sequence[tuple[int, int]]) -> list[re.Match[str]]:
    """The matches that `finditer` would give, from the places where Hyperscan saw some."""
    matches: list[re.Match[str]] = []
    position = 0
    for start, end in sorted(spans):
        if end <= position:
            continue
        match = _first(pattern, folded, max(start, position), end)
        if match is not None:
            matches.append(match)
            position = match.end()
        else:
            position = end  # no match begins before: other outlines that reach here need not be read again
    return matches


def _first(pattern: re.Pattern[str], folded: str, start: int, end: int) -> re.Match[str] | None:
    """The first match that begins from `start` on and before `end`; one that begins later has an outline of its own."""
    limit = end + LONGEST_MATCH + LOOK_AHEAD
    if end - start <= SHORT_OUTLINE:
        return next((match for at in range(start, end) if (match := pattern.match(folded, at, limit))), None)
    match = pattern.search(folded, start, limit)
    return match if match and match.start() < end else None


SHORT_OUTLINE = 40
"""Places up to which each is tried by itself: a search would go on behind them as far as a match may reach, for nothing."""


@cache
def _tells_start(source: str) -> bool:
    """Whether Hyperscan is asked where matches of a pattern begin, not only where they end."""
    return _GAP.search(outline(source)) is None


def _plain(pattern: str) -> str:
    return _HIGH.sub(lambda found: f"\\x{ord(found[0]):02x}", fold(pattern))


@cache
def _compiled(source: str) -> re.Pattern[str]:
    """Compiled only when a text first needs it: most patterns never do, and start-up stays short."""
    return re.compile(source, re.IGNORECASE | re.ASCII)


def outline(source: str) -> str:
    """A pattern without its lookarounds and without bounds to its words: it matches wherever the pattern does, and perhaps
    elsewhere, and costs Hyperscan far less."""
    kept: list[str] = []
    depth = skipped = 0
    in_class = False
    for token in _TOKEN.findall(source):
        if in_class:
            in_class = token != "]"
        elif token == "[":
            in_class = True
        elif token.startswith("("):
            depth += 1
            skipped = skipped or (depth if _LOOKAROUND.match(token) else 0)
        if not skipped:
            kept.append(token)
        if token == ")" and not in_class:
            skipped = 0 if skipped == depth else skipped
            depth -= 1
    return _BOUND.sub(r"\1+", "".join(kept))


def _database(sources: Sequence[str], folder: Path | None) -> tuple[Any, frozenset[int]]:
    """The compiled database, from the cache when it is there, and the numbers of the patterns in it."""
    key = hashlib.sha256("\0".join([hyperscan.__version__, *sources]).encode()).hexdigest()[:32]
    path = folder / f"patterns-{key}.hs" if folder else None
    if path is not None:
        with contextlib.suppress(hyperscan.error, OSError, ValueError):  # absent, damaged, or of another processor: compiled anew below
            head, _, data = path.read_bytes().partition(b"\n")
            return _loaded(data), frozenset(int(number) for number in head.split(b","))
    kept = frozenset(range(len(sources)))
    try:
        database = _built(sources, kept)
    except hyperscan.error:
        kept = frozenset(i for i in kept if _accepts(sources[i]))
        database = _built(sources, kept) if kept else None
    if path is not None and database is not None:
        _keep(path, ",".join(map(str, sorted(kept))).encode() + b"\n" + hyperscan.dumpb(database))
    return database, kept


def _built(sources: Sequence[str], kept: frozenset[int]) -> Any:
    ids = sorted(kept)
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    flags = [hyperscan.HS_FLAG_CASELESS | (hyperscan.HS_FLAG_SOM_LEFTMOST if _tells_start(sources[i]) else 0) for i in ids]
    database.compile(expressions=[outline(sources[i]).encode("latin-1") for i in ids], ids=ids, elements=len(ids), flags=flags)
    return database


def _accepts(source: str) -> bool:
    try:
        _built((source,), frozenset({0}))
    except hyperscan.error:
        return False
    return True


def _loaded(data: bytes) -> Any:
    database = hyperscan.loadb(data, hyperscan.HS_MODE_BLOCK)
    database.scratch = hyperscan.Scratch(database)
    return database


def _keep(path: Path, data: bytes) -> None:
    """Writes the file whole or not at all; a folder that cannot be written costs only the time of compiling again."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        os.replace(name, path)
