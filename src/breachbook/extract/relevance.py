"""Whether a document is mainly about specific incidents: a cheap look for any word of them, then a learned judge."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import cache
from itertools import pairwise, repeat

from breachbook.extract.context import Context, SentenceSpan
from breachbook.extract.linear_model import WordModel, load
from breachbook.extract.roles import Judged
from breachbook.extract.word_clusters import UNKNOWN, fine_clusters
from breachbook.text.plain_words import plain_words

LIKELY = 0.42
"""Probability from which a document counts as relevant."""
LEAD = 4
"""Sentences of the body that say what a report is about."""
GATE_CHARACTERS = 20_000
"""Characters looked at for a word of incidents: what is about one says so early."""
ALL_WORDS = 400
"""Words of the whole text that are looked at one by one."""

FIRST_LOOK = -1.5
"""Score of the first look below which a document is about no incident: over folds it loses 2 of 694 labelled reports that are, and
lets 40 of 2,225 pieces of ordinary news pass (`python -m training.first_look`)."""
SIGNED_LOOK = -5.0
"""The same for a document with one of `SURE_SIGNS` in its headline or lead: its other words need not speak for it, only not all against."""
LOOKED_AT = 4_000
"""Characters of a document that the first look sees; with the lead's, what a document is about is told in them."""
LEAD_CHARACTERS = 500
"""Characters in which the headline and the lead stand."""

SURE_SIGNS = (
    "hack",
    "breach",
    "ransom",
    "malware",
    "phish",
    "cyber",
    "ddos",
    "denial of service",
    "denial-of-service",
    "extort",
    "spyware",
    "unauthori",
)
"""Literal strings, in lower case, that in a headline or lead are nearly reason enough to read on."""

_WORD = re.compile(r"[a-z][a-z\-]*[a-z]|[A-Z]{3,}|\d+")


def may_be_relevant(text: str) -> bool:
    """Whether a document may be about an incident at all, by its words alone: cheap enough to be run over all the news there is."""
    bias, of_lead, of_text = _first_look()
    in_lead, in_text = _looked_at(text)
    score = sum(map(of_lead, in_lead, repeat(0.0))) + sum(map(of_text, in_text, repeat(0.0)))
    if not SIGNED_LOOK <= bias + score < FIRST_LOOK:
        return bias + score >= FIRST_LOOK
    lead = text[:LEAD_CHARACTERS].lower()
    return any(sign in lead for sign in SURE_SIGNS)


@cache
def _first_look() -> tuple[float, Callable[[bytes, float], float], Callable[[bytes, float], float]]:
    """The bias of the first look's model, and how much a word weighs in the lead and in the text (see `first_look_features`)."""
    model = load("first_look")["yes"]
    lead = {name[2:].encode(): weight for name, weight in model.weights.items() if name[:2] == "l:"}
    text = {name[2:].encode(): weight for name, weight in model.weights.items() if name[:2] == "w:"}
    return model.bias, lead.get, text.get


def first_look_features(text: str) -> list[str]:
    """What the first look sees of a document, as feature names: the words of its lead (`l:`) and of its text (`w:`), each once."""
    lead, words = _looked_at(text)
    return [f"l:{word.decode()}" for word in lead] + [f"w:{word.decode()}" for word in words]


def _looked_at(text: str) -> tuple[dict[bytes, None], dict[bytes, None]]:
    """The words of a text's lead, and of the part of it that the first look sees, each once, in their order."""
    return dict.fromkeys(plain_words(text[:LEAD_CHARACTERS])), dict.fromkeys(plain_words(text[:LOOKED_AT]))


def relevance_features(context: Context, judged: Sequence[Judged]) -> list[str]:
    """What a document looks like as a whole, as feature names in no order; `judged` are its candidates, the likeliest victim first.

    Names in the headline and the first sentences count by what they name, so that no name is learned; other words count by
    themselves and by their clusters.
    """
    body = [s for s in context.sentences if s.passage != "title"]
    head = [s for s in context.sentences if s.passage == "title"]
    names = _names({s.index for s in (*head, *body[:LEAD])}, judged)
    found: set[str] = {f"has-title={bool(head)}"}
    clusters = fine_clusters().get
    for prefix, sentences in (("t", head), ("l", body[:LEAD])):
        for sentence in sentences:
            words = _WORD.findall(_masked(context, sentence, names.get(sentence.index, ())))
            like = [word if word.isupper() else clusters(word, UNKNOWN) for word in words]
            for mark, kept in ((f"{prefix}:", words), (f"k{prefix}:", like)):
                found.update(map(mark.__add__, kept))
                found.update(map(mark.__add__, map(" ".join, pairwise(kept))))
    words = _WORD.findall(context.text[:GATE_CHARACTERS].lower())
    found.update(map("w:".__add__, words[:ALL_WORDS]))
    found.add(f"length={min(len(context.sentences) // 10, 6)}")
    found.update(_victim_features(judged))
    return list(found)


def _names(sentences: Collection[int], judged: Sequence[Judged]) -> dict[int, list[tuple[int, int, str]]]:
    """Where names stand in those sentences, with what they name."""
    found: dict[int, list[tuple[int, int, str]]] = {}
    for one in judged:
        facts = one.facts
        kind = (
            "PERSON" if facts.is_person else "PLACE" if facts.place else "ACTOR" if facts.actor
            else min(facts.kinds).upper().replace("_", "") if facts.kinds else "ORG"
        )  # fmt: skip
        for chunk in one.candidate.mentions:
            if chunk.sentence.index in sentences:
                found.setdefault(chunk.sentence.index, []).append((chunk.start, chunk.end, kind))
    return found


def _masked(context: Context, sentence: SentenceSpan, names: Sequence[tuple[int, int, str]]) -> str:
    """A sentence in lower case with the kinds of its names, in capitals, in their place."""
    parts, at = [], sentence.start
    for start, end, kind in sorted(names):
        if start >= at:
            parts += [context.text[at:start].lower(), f" {kind} "]
            at = end
    return "".join([*parts, context.text[at : sentence.end].lower()])


def _victim_features(judged: Sequence[Judged]) -> set[str]:
    if not judged:
        return {"v=none"}
    top = judged[0]
    best = min(int(top.probability * 10), 9)
    found = {f"v>={i}" for i in range(best + 1)}
    found.add(f"v-title={any(c.sentence.passage == 'title' for c in top.candidate.mentions)}")
    found.add(f"v-count={min(len(top.candidate.mentions), 6)}")
    found.add(f"v-kind={next(iter(sorted(top.facts.kinds)), 'none')}")
    found.add(f"v-score={int(max(-6, min(3, max(top.scores))))}")
    found.add(f"v-sure={min(sum(j.probability > 0.4 for j in judged), 3)}")
    return found


def is_relevant(features: Sequence[str], model: WordModel) -> bool:
    """Whether a document with these features is about specific incidents."""
    return model.probability(features) >= LIKELY
