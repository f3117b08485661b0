"""Who is speaking in a sentence: "according to X", "X said", "the group claims", a quotation and its owner, the first person.

The words that tell a speaker's role are a data file (`vocab/data/speakers.toml`). A speaker whose role cannot be told is
named without a role: the reader then goes by who published the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from breachbook.text.folding import fold
from breachbook.text.scanner import Scanner, default_cache
from breachbook.vocab.data_files import json_file, toml_file

LONGEST_SENTENCE = 2000
"""Characters of a sentence that are looked at."""

_PAPERS = frozenset(["e-mail", "email", "letter", "message", "post", "statement", "tweet", "memo", "note"])
"""What a speaker writes, whose own words do not tell who he is."""

AUTHOR_REACH = 60
"""Characters behind "In an e-mail to a reporter" in which its author and his verb stand."""

SHORT_REST = 60
"""Characters after "…, X said" that hold a day or a place and no statement."""

_NAME = r"(?-i:[A-Z][\w.&'-]{0,30}(?:(?: (?:of|the|for|and|de|van|von)){0,2} [A-Z][\w.&'-]{0,30}){0,5})"
_NOUN = (
    r"(?:(?:the|a|an|its|their|his|her|our|one|another|two|several|some|local|city|county|state|federal|security|both|these|those) )"
    r"(?:[\w'-]{1,20} ){0,4}?[\w'-]{2,20}|hackers|researchers|attackers|police|officials|authorities|experts|"
    r"prosecutors|investigators|criminals"
)
_APPOSITION = r"(?:,? (?:[^,;:\"()]|, (?!(?:and|but|which)\b)){1,90}?,)?"
_ADVERB = (
    r"(?:(?:also|later|now|then|further|publicly|previously|recently|since|has|have|had|initially|only|quickly|subsequently|"
    r"falsely|would|did not|does not) ){0,3}"
)
_WHO = rf"(?P<who>{_NAME}|{_NOUN}|he|she|it|they|we|i)"


@dataclass(frozen=True, slots=True)
class Speech:
    """A speaker in a sentence and the stretch that is his. `role` is a term of `speaker_role` or None; `who` the words for
    him (a pronoun for one named before); `name` the proper name in them, if any; `claims` says that the verb keeps distance."""

    start: int
    end: int
    who: str
    name: str | None
    role: str | None
    claims: bool = False
    quoted: bool = False


@cache
def _roles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows: dict[str, list[str]] = toml_file("speakers.toml")["roles"]
    return tuple((role, re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)) for role, words in rows.items())


@cache
def _verbs() -> tuple[str, str]:
    table: dict[str, str] = toml_file("speakers.toml")["verbs"]
    return table["claim"], table["say"]


@cache
def _said() -> re.Pattern[str]:
    claim, say = _verbs()
    verbs = rf"(?:(?P<claim>{claim})|(?P<say>{say}))\b"
    return re.compile(rf"(?:^|(?<=[\s\"(,]))(?:which |who |that |what )?{_WHO}(?P<more>{_APPOSITION}) {_ADVERB}{verbs}", re.IGNORECASE)


@cache
def _inverted() -> re.Pattern[str]:
    """`," said Jane Doe, …`: the verb before its speaker, behind a quotation or a comma."""
    claim, say = _verbs()
    return re.compile(rf"[,\"?!] {_ADVERB}(?:(?P<claim>{claim})|(?P<say>{say})) {_WHO}(?P<more>,? [^;:\"()]{{1,90}})?", re.IGNORECASE)


_SOURCE = (
    r"\b(?:according to|in the words of|as (?:reported|stated|confirmed|claimed|noted|said|described) by|(?:in|"
    r"from) (?:a|an|the|its|their|his|her) "
    r"(?=(?:[\w'-]+ ){0,4}(?:statement|letter|notice|notification|press release|blog post|filing|email|e-mail|memo|"
    r"advisory|announcement|post|tweet|faq|report|indictment|listing|ransom note|message)\b)"
    r"(?!(?:\w+ ){0,3}(?:phishing|malicious|spam|fake)))"
)
_ACCORDING = re.compile(
    _SOURCE + r"(?P<who>(?:the |a |an |its |their )?[^,;:\"()]{2,90}?)(?=,|;|\"|\.|$| (?:that|which|who|on|has|have|had|was|were|"
    r"is|are|the|it|they|published|posted|sent|issued|released|obtained|provided|from|to)\b)",
    re.IGNORECASE,
)


@cache
def _first_look() -> Scanner:
    """Finds the verbs and phrases without which a sentence has no speaker: most sentences have none."""
    claim, say = _verbs()
    return Scanner({"verb": rf"\b(?:{claim}|{say})\b", "source": _SOURCE}, cache=default_cache())


_QUOTE = re.compile(r"\"[^\"]{2,900}(?:\"|$)")
_SAYING = re.compile(
    r"(?:said|says|told|tells|confirmed|reported|added|found|believes?|wrote|claims?|claimed|clear|know|true|,)\s*$", re.IGNORECASE
)
_FIRST_PERSON = re.compile(r"\b(?:we|our|us|i|my)\b", re.IGNORECASE)
_PASSIVE = frozenset(["is", "are", "was", "were", "be", "been", "being"])
"""Words before "believed" or "said" that make it something said by others ("the attack is believed to")."""
_NEGATED = ("nor does ", "nor did ", "nor has ", "neither does ", "neither did ")
_PRONOUN = re.compile(r"(?:he|she|it|they|we|i)", re.IGNORECASE)
_OPENING = re.compile(_NAME)


@cache
def _actors() -> frozenset[str]:
    """Names of known actors, letters and digits only; short ones are words of everyday speech as often as not."""
    return frozenset(key for key in json_file("actors_galaxies.json")["actors"] if len(key) >= 4)


@lru_cache(maxsize=1024)
def role_of(words: str) -> str | None:
    """The role that a speaker's description tells ("a spokeswoman for the bank": victim), or None."""
    folded = fold(words)
    best: tuple[int, str] | None = None
    for role, pattern in _roles():
        found = pattern.search(folded)
        if found and (best is None or found.start() < best[0]):
            best = (found.start(), role)
    return best[1] if best else None


def name_in(words: str) -> str | None:
    """The proper name in a speaker's description, or None."""
    found = _OPENING.search(fold(words).removeprefix("The ").removeprefix("A "))
    if not found or len(found.group()) < 2:
        return None
    offset = len(words) - len(fold(words).removeprefix("The ").removeprefix("A "))
    return words[offset + found.start() : offset + found.end()].removesuffix("'s").removesuffix("’s").rstrip(" .,'")


@lru_cache(maxsize=2048)
def speeches(sentence: str) -> tuple[Speech, ...]:
    """The speakers of a sentence, each with the stretch of it that is his, in text order."""
    sentence = sentence[:LONGEST_SENTENCE]
    signs = _first_look().find(sentence)
    if not signs:
        return ()
    folded = fold(sentence)
    found: list[Speech] = []
    if "verb" in signs:
        found += [_speech(sentence, m, _begin(folded, m), len(sentence)) for m in _said().finditer(folded) if _is_speaker(m)]
        found += [_speech(sentence, m, 0, m.start()) for m in _inverted().finditer(folded) if _is_speaker(m)]
    if "source" in signs:
        found += [_written_by(_according(sentence, m), m.end(), found) for m in _ACCORDING.finditer(folded)]
    return tuple(sorted(found, key=lambda s: (s.start, s.end)))


def _written_by(speech: Speech, end: int, others: Sequence[Speech]) -> Speech:
    """A speech of a paper ("In an e-mail to a reporter, X said …") as that of the one who is said to speak in it."""
    paper = speech.name is None and speech.who.rsplit(" ", 1)[-1].lower() in _PAPERS
    author = next((o for o in others if o.role and o.start > end and o.start - end <= AUTHOR_REACH), None) if paper else None
    return replace(speech, who=author.who, name=author.name, role=author.role) if author else speech


def quotations(sentence: str) -> tuple[tuple[int, int], ...]:
    """The quoted stretches of a sentence; a quotation may run on into the next."""
    return tuple(m.span() for m in _QUOTE.finditer(fold(sentence[:LONGEST_SENTENCE])))


def in_first_person(sentence: str) -> bool:
    """Whether the writer speaks of himself outside quotations ("we", "our")."""
    return _FIRST_PERSON.search(_QUOTE.sub(" ", fold(sentence[:LONGEST_SENTENCE]))) is not None


def _is_speaker(match: re.Match[str]) -> bool:
    words = match["who"].lower()
    if words.rsplit(" ", 1)[-1] in _PASSIVE or _says_nothing(match) or _is_noun(match):
        return False
    return (
        not words.startswith(("this ", "that ", "these ", "those ", "there ", "when ", "if ", "in ", "on ", "at "))
        or role_of(words) is not None
    )


def _is_noun(match: re.Match[str]) -> bool:
    """Whether what looks like a verb is what somebody makes ("unemployment claims of 1.6 million people")."""
    verb = (match["claim"] or "").lower()
    return verb == "claims" and match.string.startswith((" of ", " for "), match.end("claim"))


def _says_nothing(match: re.Match[str]) -> bool:
    """Whether it is said of the speaker that he does not say it ("did not say how", "nor does the site say")."""
    verb = match.start("claim") if match["claim"] else match.start("say")
    between = match.string[match.end("who") : verb] if verb > match.end("who") else ""
    return " not " in f"{between} " or match.string[: match.start("who")].lower().endswith(_NEGATED)


def _begin(folded: str, match: re.Match[str]) -> int:
    """Where the words of a speaker begin: behind the verb, unless he is named behind them."""
    if _trails(folded, match):
        return 0
    return folded.rfind(",", 0, match.start()) + 1 if _qualifies(folded, match) else match.end()


def _trails(folded: str, match: re.Match[str]) -> bool:
    """Whether a speaker stands behind what he says (`…, the company said Monday.`)."""
    behind_comma = match.start() > 1 and folded[match.start() - 2] in ',"'
    return behind_comma and len(folded) - match.end() <= SHORT_REST


def _qualifies(folded: str, match: re.Match[str]) -> bool:
    """Whether a speaker is only named in a clause on what stands before it ("6.5 GB that they claim come from the region")."""
    relative = match["claim"] is not None and folded.startswith(("that ", "which "), match.start())
    return relative and _SAYING.search(folded, max(0, match.start() - 20), match.start()) is None


def _speech(sentence: str, match: re.Match[str], start: int, end: int) -> Speech:
    who = sentence[match.start("who") : match.end("who")]
    more = sentence[match.start("more") : match.end("more")] if match["more"] else ""
    pronoun = _PRONOUN.fullmatch(who) is not None
    return Speech(start, end, who, None if pronoun else name_in(who), None if pronoun else _role(who, more), match["claim"] is not None)


def _according(sentence: str, match: re.Match[str]) -> Speech:
    who = sentence[match.start("who") : match.end("who")]
    return Speech(0, len(sentence), who, name_in(who), _role(who, ""))


def _role(who: str, more: str) -> str | None:
    """The role by the words themselves, else by what is said of the name beside it, else by a name that actors bear."""
    key = "".join(c for c in who.lower() if c.isalnum())
    if key in _actors():
        return "threat_actor"
    return role_of(who) or (role_of(more) if more else None)
