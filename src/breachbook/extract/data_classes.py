"""The kinds of data that were affected, or explicitly were not.

Every mention of a kind of data is judged one by one by what stands around it (taken, denied, advice, another incident);
then each kind by the judgements of all its mentions in the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from breachbook.extract.context import Context, Finding, SentenceSpan
from breachbook.extract.linear_model import LinearModel, load
from breachbook.extract.surroundings import Hit, Surroundings, cue_patterns, hits, surroundings, without_overlaps, word_patterns
from breachbook.extract.word_clusters import fine_cluster
from breachbook.text.hedges import CERTAINTIES

GENERAL = "unspecified_personal"
"""The kind for personal data of which no more is said: whether it is meant depends on what else is said."""

THRESHOLDS = {"affected": 0.43, "denied": 0.35}
"""Probability from which a kind counts as affected, or as not affected: best F1 over folds of the labelled reports."""

EXPOSED = 0.5
"""Probability from which a mention of another kind counts among the kinds affected beside it."""

TOLD = 0.9
"""Probability at least of a mention whose words say themselves what the data is about ("much of the data concerns children")."""

EVIDENCE = 0.3
"""Probability from which a mention of an affected kind is shown as evidence; the surest is always."""

MOST_EVIDENCE = 4
"""Mentions of one kind that are made findings."""

DENIED = 0.9
"""Probability at least that a kind was not affected, where the words right behind it say so ("passwords were not affected")."""

_NOT_AFFECTED = re.compile(
    r"(?: or [\w-]+| and [\w-]+)?(?: (?:data|information|numbers?|details|records))? (?:was|were|has|have|had)(?: not|n['’]t)(?: been)?"
    r"(?: \w+)? (?:affected|involved|impacted|exposed|compromised|accessed|stolen|taken|leaked|disclosed)\b",
    re.IGNORECASE,
)

OF_KIND = ("s:", "at", "su", "b1", "a1", "li")
"""Beginnings of the features that are also learned apart by kind: "messages" are told of otherwise than passwords."""

_WORD = re.compile(r"[a-z][a-z'-]{0,30}")

LIST_REACH = 45
"""Characters between two kinds of data that stand in one list."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of a kind of data: where it stands, its features, and its probabilities."""

    hit: Hit
    kind: str
    features: tuple[str, ...]
    affected: float = 0.0
    denied: float = 0.0


class DataClasses:
    """Findings of `data_class`; a kind that was not affected has certainty `denied`."""

    name = "data_class"

    def __init__(self, models: Mapping[str, LinearModel] | None = None) -> None:
        self.patterns: Mapping[str, str] = {**word_patterns("data_class_words.toml", self.name), **cue_patterns()}
        self._models = models

    @property
    def models(self) -> Mapping[str, LinearModel]:
        """`affected` and `denied` for mentions, `affected-kind` and `denied-kind` for kinds."""
        return self._models or load(self.name)

    def find(self, context: Context) -> Iterable[Finding]:
        """The kinds with their evidence."""
        mentions = self.judged(context)
        for kind, found in by_kind(mentions).items():
            features = kind_features(kind, found, mentions)
            for side, threshold in THRESHOLDS.items():
                weight = self.models[f"{side}-kind"].probability(features[side])
                if weight >= threshold:
                    yield from self._findings(context, kind, found, side, weight)

    def judged(self, context: Context) -> list[Mention]:
        """All mentions with their probabilities."""
        affected, denied = self.models["affected"], self.models["denied"]
        return [
            Mention(m.hit, m.kind, m.features, _affected(m, affected.probability(m.features)), _denied(m, context, denied))
            for m in mentions_of(context, self.name)
        ]

    def _findings(self, context: Context, kind: str, found: list[Mention], side: str, weight: float) -> Iterator[Finding]:
        ranked = sorted(found, key=lambda m: (-getattr(m, side), m.hit.start))
        for number, mention in enumerate(ranked[:MOST_EVIDENCE]):
            if number and getattr(mention, side) < EVIDENCE:
                break
            certainty = "denied"
            if side == "affected":
                sure = surroundings(context).certainty(mention.hit.sentence, mention.hit.start, mention.hit.end)
                if sure == "denied" and number:
                    continue
                certainty = sure if sure in CERTAINTIES[:3] else "possible"
            yield Finding(self.name, kind, mention.hit.start, mention.hit.end, certainty, weight=round(weight, 3), extractor=self.name)


def _affected(mention: Mention, probability: float) -> float:
    return max(probability, TOLD) if mention.hit.label == "told" else probability


def _denied(mention: Mention, context: Context, model: LinearModel) -> float:
    probability = model.probability(mention.features)
    return max(probability, DENIED) if _NOT_AFFECTED.match(context.text, mention.hit.end, mention.hit.sentence.end) else probability


def mentions_of(context: Context, name: str) -> list[Mention]:
    """All mentions of kinds of data with their features, in text order."""
    around = surroundings(context)
    found = [hit for kind in _by_group(hits(context, name)).values() for hit in without_overlaps(kind)]
    found.sort(key=lambda hit: (hit.start, hit.end, hit.group))
    mentions = []
    clusters: dict[int, tuple[str, ...]] = {}
    for index, hit in enumerate(found):
        listed = sum(1 for other in found[max(0, index - 4) : index + 5] if other.group != hit.group and _listed(hit, other))
        if hit.label == "weak" and not listed and "taken" not in around.cues(hit.sentence.index):
            continue
        features = [f"list:{min(listed, 4)}", hit.label, f"{hit.label}:{hit.group}", *around.features(hit.sentence, hit.start, hit.end)]
        if hit.group == GENERAL:
            features += [f"general:{feature}" for feature in features if feature.startswith(("at:", "sure:", "list:", "b1:", "a1:"))]
        features += [f"{hit.group}|{feature}" for feature in features if feature.startswith(OF_KIND)]
        if hit.sentence.index not in clusters:
            clusters[hit.sentence.index] = _clusters(around, hit.sentence)
        features += clusters[hit.sentence.index]
        mentions.append(Mention(hit, hit.group, tuple(dict.fromkeys(features))))
    return mentions


def _clusters(around: Surroundings, sentence: SentenceSpan) -> tuple[str, ...]:
    """The clusters of a sentence's words as features."""
    words = set(_WORD.findall(around.folded[sentence.start : sentence.end].lower()))
    return tuple(sorted({f"cluster:{fine_cluster(word)}" for word in words}))


def _by_group(found: list[Hit]) -> dict[str, list[Hit]]:
    groups: dict[str, list[Hit]] = {}
    for hit in found:
        groups.setdefault(hit.group, []).append(hit)
    return groups


def _listed(left: Hit, right: Hit) -> bool:
    return left.sentence.index == right.sentence.index and max(left.start, right.start) - min(left.end, right.end) <= LIST_REACH


def by_kind(mentions: list[Mention]) -> dict[str, list[Mention]]:
    """Mentions by kind, in text order."""
    kinds: dict[str, list[Mention]] = {}
    for mention in mentions:
        kinds.setdefault(mention.kind, []).append(mention)
    return kinds


def kind_features(kind: str, found: list[Mention], everything: list[Mention]) -> dict[str, list[str]]:
    """What the judges of a kind see: how sure its mentions are, how many, and what the other kinds are."""
    made = {}
    for side in ("affected", "denied"):
        values = sorted((getattr(m, side) for m in found), reverse=True)
        best, second = values[0], values[1] if len(values) > 1 else 0.0
        features = [f"best>{step / 10}" for step in range(1, 10) if best > step / 10]
        features += [f"second>{step / 10}" for step in (2, 4, 6, 8) if second > step / 10]
        features += [f"kind:{kind}", f"mentions:{min(len(found), 6)}"]
        features += [f"{kind}:best>{step / 10}" for step in (3, 5, 7) if best > step / 10]
        others = {m.kind for m in everything if m.kind != kind and getattr(m, side) > EXPOSED}
        features += [f"others:{min(len(others), 5)}", f"{'general' if kind == GENERAL else 'special'}:others:{min(len(others), 5)}"]
        opposite = max(m.denied if side == "affected" else m.affected for m in found)
        features += [f"opposite>{step / 10}" for step in (3, 5, 7) if opposite > step / 10]
        made[side] = features
    return made
