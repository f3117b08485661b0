"""Whether a document is mainly about specific incidents: a cheap look for any word of them, then a learned judge."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from breachbook.extract.context import Context, SentenceSpan
from breachbook.extract.linear_model import WordModel
from breachbook.extract.roles import Judged
from breachbook.extract.word_clusters import fine_cluster

LIKELY = 0.42
"""Probability from which a document counts as relevant."""
LEAD = 4
"""Sentences of the body that say what a report is about."""
GATE_CHARACTERS = 20_000
"""Characters looked at for a word of incidents: what is about one says so early."""
ALL_WORDS = 400
"""Words of the whole text that are looked at one by one."""

SIGNS = (
    "hack",
    "breach",
    "ransom",
    "malware",
    "phish",
    "cyber",
    "ddos",
    "denial of service",
    "denial-of-service",
    "leak",
    "unauthori",
    "defac",
    "skimm",
    "intrusion",
    "compromis",
    "spyware",
    "virus",
    "scam",
    "extort",
    "encrypt",
    "protected health information",
    "personal information",
    "personal data",
    "identity theft",
    "data security",
    "security incident",
    "privacy",
    "vulnerab",
    "stolen laptop",
    "laptop",
    "exfiltrat",
    "passwords",
    "phi ",
    "data exposure",
    "exposed",
    "illegally obtained",
    "dark web",
    "fraudulent",
    "information commissioner",
)
"""Literal strings, in lower case, without one of which a document is about no incident."""

_WORD = re.compile(r"[a-z][a-z\-]*[a-z]|[A-Z]{3,}|\d+")


def may_be_relevant(text: str) -> bool:
    """Whether a text holds any word of incidents at all: a literal search, cheap enough to be run over all the news there is."""
    lower = text[:GATE_CHARACTERS].lower()
    return any(sign in lower for sign in SIGNS)


def relevance_features(context: Context, judged: Sequence[Judged]) -> list[str]:
    """What a document looks like as a whole, as feature names; `judged` are its candidates, the likeliest victim first.

    Names in the headline and the first sentences count by what they name, so that no name is learned; other words count by
    themselves and by their clusters.
    """
    body = [s for s in context.sentences if s.passage != "title"]
    head = [s for s in context.sentences if s.passage == "title"]
    names = _names({s.index for s in (*head, *body[:LEAD])}, judged)
    found: set[str] = {f"has-title={bool(head)}"}
    for prefix, sentences in (("t", head), ("l", body[:LEAD])):
        for sentence in sentences:
            words = _WORD.findall(_masked(context, sentence, names.get(sentence.index, ())))
            found.update(f"{prefix}:{w}" for w in words)
            found.update(f"{prefix}:{a} {b}" for a, b in pairwise(words))
            like = [word if word.isupper() else fine_cluster(word) for word in words]
            found.update(f"k{prefix}:{k}" for k in like)
            found.update(f"k{prefix}:{a} {b}" for a, b in pairwise(like))
    words = _WORD.findall(context.text[:GATE_CHARACTERS].lower())
    found.update(f"w:{w}" for w in words[:ALL_WORDS])
    found.add(f"length={min(len(context.sentences) // 10, 6)}")
    found.update(_victim_features(judged))
    return sorted(found)


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
