"""Whether a document is mainly about specific incidents: a cheap look for any word of them, then a learned judge."""

from __future__ import annotations

import re
from collections.abc import Sequence

from breachbook.extract.context import Context
from breachbook.extract.linear_model import LinearModel, load
from breachbook.extract.roles import Judged

LIKELY = 0.42
"""Probability from which a document counts as relevant."""
LEAD = 4
"""Sentences of the body that say what a report is about."""
GATE_CHARACTERS = 20_000
"""Characters looked at for a word of incidents: what is about one says so early."""
ALL_WORDS = 400
"""Words of the whole text that are looked at one by one."""

SIGNS = (
    "hack", "breach", "ransom", "malware", "phish", "cyber", "ddos", "denial of service", "denial-of-service", "leak", "unauthori",
    "defac", "skimm", "intrusion", "compromis", "spyware", "virus", "scam", "extort", "encrypt", "protected health information",
    "personal information", "personal data", "identity theft", "data security", "security incident", "privacy", "vulnerab", "stolen laptop",
    "laptop", "exfiltrat", "passwords", "phi ", "data exposure", "exposed", "illegally obtained", "dark web", "fraudulent", "information commissioner",
)  # fmt: skip
"""Literal strings, in lower case, without one of which a document is about no incident."""

_WORD = re.compile(r"[a-z][a-z\-]*[a-z]|\d+")


def may_be_relevant(text: str) -> bool:
    """Whether a text holds any word of incidents at all: a literal search, cheap enough to be run over all the news there is."""
    lower = text[:GATE_CHARACTERS].lower()
    return any(sign in lower for sign in SIGNS)


def relevance_features(context: Context, judged: Sequence[Judged]) -> list[str]:
    """What a document looks like as a whole, as feature names; `judged` are its candidates, the likeliest victim first."""
    text = context.text
    title = next((context.words(s) for s in context.sentences[:1] if s.passage == "title"), "")
    lead = " ".join(context.words(s) for s in [s for s in context.sentences if s.passage != "title"][:LEAD])
    found: set[str] = {f"has-title={bool(title)}"}
    title_words = _WORD.findall(title.lower())
    found.update(f"t:{w}" for w in title_words)
    found.update(f"t:{a} {b}" for a, b in zip(title_words, title_words[1:], strict=False))
    lead_words = _WORD.findall(lead.lower())
    found.update(f"l:{w}" for w in lead_words)
    found.update(f"l:{a} {b}" for a, b in zip(lead_words, lead_words[1:], strict=False))
    words = _WORD.findall(text[:GATE_CHARACTERS].lower())
    found.update(f"w:{w}" for w in words[:ALL_WORDS])
    found.add(f"length={min(len(context.sentences) // 10, 6)}")
    found.update(_victim_features(judged))
    return sorted(found)


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


def is_relevant(features: Sequence[str], model: LinearModel | None = None) -> bool:
    """Whether a document with these features is about specific incidents."""
    return (model or load("relevance")["yes"]).probability(features) >= LIKELY
