"""Terms that a whole report decides (kinds of attack, effects): lexicons find their words, a learned judge weighs them all.

One judge a term sees the words of all terms, where they stand and how: a report that says ransomware in its headline is less
likely to say that the method is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from breachbook.extract.context import Context, Finding
from breachbook.extract.linear_model import LinearModel, load
from breachbook.extract.surroundings import Hit, Surroundings, cue_patterns, hits, surroundings, word_patterns

ASIDE = frozenset({"advice", "background", "generic", "product"})
"""Cues of sentences that tell of other incidents, of the world or of what to do."""

COUNTS = (2, 4, 8)
"""Numbers of mentions from which a further feature is set."""

FIRST_WORDS = 4
"""Different words of one group that are features of their own, at most."""

FRAME = "frame"
"""The label of words that are of no term and tell what is said of a term's words behind them (see attack_words.toml)."""

FRAME_REACH = 30
"""Characters between a frame and the words that it is said of."""


def report_features(context: Context, found: list[Hit]) -> list[str]:
    """What a judge sees of a report: each group of words by whether, where, how often and how plainly it stands there."""
    around = surroundings(context)
    features: dict[str, None] = {}
    groups: dict[str, list[Hit]] = {}
    frames: dict[int, list[Hit]] = {}
    for hit in found:
        if hit.label == FRAME:
            frames.setdefault(hit.sentence.index, []).append(hit)
        else:
            groups.setdefault(f"{hit.label}.{hit.group}", []).append(hit)
    for group, members in groups.items():
        features.update((f"{kind}:{group}", None) for hit in members for kind in _framed(hit, frames))
        features[group] = None
        features.update((f"{group}@{_place(around, hit)}", None) for hit in members)
        features.update((f"{group}>={n}", None) for n in COUNTS if len(members) >= n)
        if any(is_plain(around, hit) for hit in members):
            features[f"{group}:plain"] = None
        words = dict.fromkeys(hit.words for hit in members)
        features.update((f"={word}", None) for word in list(words)[:FIRST_WORDS])
    return list(features)


def _framed(hit: Hit, frames: Mapping[int, list[Hit]]) -> Iterator[str]:
    """What the frames close before a hit say of it, or `bare` when there are none."""
    kinds = {frame.group for frame in frames.get(hit.sentence.index, ()) if 0 <= hit.start - frame.end <= FRAME_REACH}
    yield from kinds or ("bare",)


def _place(around: Surroundings, hit: Hit) -> str:
    place = around.place(hit.sentence)
    return place if place in ("title", "lead", "update") else ("early" if place in ("q1", "q2") else "late")


def is_plain(around: Surroundings, hit: Hit) -> bool:
    """Whether a sentence simply tells: no advice, background or generality, and no denial of the words."""
    return not (around.cues(hit.sentence.index) & ASIDE) and around.certainty(hit.sentence, hit.start, hit.end) != "denied"


class TermJudge:
    """Findings of a many-valued property whose values are terms.

    Args:
        name: the property, and the name of the weights.
        file: its words in `vocab/data`.
        threshold: probability from which a term is found.
        models: a judge by term, or None for the shipped ones.
        thresholds: the threshold of terms that have one of their own.
    """

    def __init__(
        self,
        name: str,
        file: str,
        threshold: float,
        models: Mapping[str, LinearModel] | None = None,
        *,
        thresholds: Mapping[str, float] | None = None,
    ) -> None:
        self.name = name
        self.patterns: Mapping[str, str] = {**word_patterns(file, name), **cue_patterns()}
        self._threshold = threshold
        self._thresholds = thresholds or {}
        self._models = models

    @property
    def models(self) -> Mapping[str, LinearModel]:
        """A judge by term."""
        return self._models or load(self.name)

    def find(self, context: Context) -> Iterable[Finding]:
        """The terms, each with the words that show it best: one finding in the report, one more in each update."""
        found = hits(context, self.name)
        if not found:
            return
        features = report_features(context, found)
        for term, model in self.models.items():
            own = [hit for hit in found if hit.label == term]
            weight = model.probability(features) if own else 0.0
            if own and weight >= self._thresholds.get(term, self._threshold):
                yield from self._findings(context, term, model, own, weight)

    def _findings(self, context: Context, term: str, model: LinearModel, own: list[Hit], weight: float) -> Iterator[Finding]:
        around = surroundings(context)
        ranked = sorted(own, key=lambda hit: (-_worth(model, around, hit), hit.start))
        shown: set[int] = set()
        for hit in ranked:
            certainty = around.certainty(hit.sentence, hit.start, hit.end)
            if hit.sentence.revision in shown or (certainty == "denied" and hit is not ranked[-1]):
                continue
            shown.add(hit.sentence.revision)
            kept = "possible" if certainty == "denied" else certainty
            yield self.make(term, hit, kept, round(weight, 3))

    def make(self, term: str, hit: Hit, certainty: str, weight: float) -> Finding:
        """The finding of a term with its evidence."""
        return Finding(self.name, term, hit.start, hit.end, certainty, weight=weight, extractor=self.name)


def _worth(model: LinearModel, around: Surroundings, hit: Hit) -> float:
    """How much a hit says for its term: its group's weight there, and whether its sentence simply tells."""
    group = f"{hit.label}.{hit.group}"
    plain = is_plain(around, hit)
    weights = model.weights
    return (
        weights.get(f"{group}@{_place(around, hit)}", 0.0)
        + weights.get(group, 0.0)
        + weights.get(f"={hit.words}", 0.0)
        + (1.0 if plain else 0.0)
        + (0.5 if _place(around, hit) in ("title", "lead") else 0.0)
    )
