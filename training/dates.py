"""Learns to judge what a date is the date of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from breachbook.extract.date_mentions import DateMention, date_mentions
from breachbook.extract.dates import KINDS
from breachbook.extract.linear_model import LinearModel
from training.corpus import weight
from training.fit import fit
from training.marked_sentences import marked
from training.notices import california, labelled_notices
from training.values import Sample, samples


@dataclass(frozen=True)
class Learned:
    """The dates of a text with how much they count, and the labels: by kind the labelled values (a kind that is not there is
    not known), or by kind the dates themselves (`chosen`, indices) where the labels' quotes or marks tell."""

    mentions: Sequence[DateMention]
    weight: float
    wanted: Mapping[str, Collection[str | None]]
    chosen: Mapping[str, frozenset[int]] = field(default_factory=dict)
    key: str | None = None

    def rows(self, kind: str) -> Iterator[tuple[Sequence[str], int, float]]:
        """Features, label and weight of each date that the labels tell of; of several with the labelled value those that the
        label quotes, the others then being left out: they repeat the day in another matter."""
        if kind not in self.wanted:
            return
        found = _match(self.wanted[kind], [m.value for m in self.mentions])
        quoted = self.chosen.get(kind, frozenset())
        for index, mention in enumerate(self.mentions):
            if not quoted or index in quoted or not found[index]:
                yield mention.features, int(index in quoted if quoted else found[index]), self.weight


def _match(wanted: Collection[str | None], values: list[str]) -> list[int]:
    """Which of a report's dates are labelled: those that equal a label; for lack of one, those that a label covers."""
    made = [0] * len(values)
    for want in filter(None, wanted):
        exact = [i for i, value in enumerate(values) if value == want]
        for i in exact or [i for i, value in enumerate(values) if value.startswith(want)]:
            made[i] = 1
    return made


CUES = {"occurred_from": "occur", "occurred_to": "finish", "discovered": "discover", "disclosed": "disclose", "notified": "notify"}
"""The cue that tells each kind."""

SEED_WEIGHT = 6.0
"""How much a seed counts against a date of a report."""


def seeds(kind: str) -> Iterator[tuple[list[str], int]]:
    """Made-up dates that say what cues are for: the kind whose cue is in the date's clause, and nearest to it, is its kind."""
    for other, cue in CUES.items():
        for side in ("before", "after"):
            features = [f"clause:{cue}", f"nearest:{cue}", f"nearest-{side}:{cue}", f"s:{cue}", f"{side[0]}1:{cue}"]
            yield features, int(other == kind)
        yield [f"opens:{cue}", f"nearest-after:{cue}", f"s:{cue}", "begins"], int(other == kind)
    if kind == "occurred_to":
        yield ["part:last", "s:occur", "clause:occur"], 1
    if kind == "occurred_from":
        yield ["part:first", "s:occur", "clause:occur"], 1
    for cue in ("legal", "published", "background"):
        yield [f"clause:{cue}", f"nearest:{cue}", f"s:{cue}"], 0


NOTICE_WEIGHT = 0.3
"""How much a date of a notice counts against one of a report."""

SENTENCE_WEIGHT = 2.0
"""How much a date of a sentence written to learn from counts: it is clean, and stands for many (best over folds)."""

MARKS = {"from": "occurred_from", "to": "occurred_to"}
"""Marks of `dated_sentences.toml` that are not called as the kind is."""

ALONE = ("at:", "age:")
"""Features that a sentence without its report has none of."""


@cache
def _sentences() -> tuple[Learned, ...]:
    made = []
    for sentence in marked("dated_sentences"):
        rows = [(m, kinds) for m in date_mentions(sentence.context) if (kinds := sentence.kinds(m.start, m.end)) is not None]
        mentions = [_alone(m) for m, _ in rows]
        chosen = {k: frozenset(i for i, (_, kinds) in enumerate(rows) if k in {MARKS.get(x, x) for x in kinds}) for k in KINDS}
        wanted = {k: {mentions[i].value for i in indices} for k, indices in chosen.items()}
        made.append(Learned(mentions, SENTENCE_WEIGHT, wanted, chosen))
    return tuple(made)


def _alone(mention: DateMention) -> DateMention:
    features = tuple(f for f in mention.features if not f.startswith(ALONE))
    return DateMention(mention.value, mention.start, mention.end, mention.part, mention.sentence, features)


@cache
def _reports() -> tuple[Learned, ...]:
    return tuple(_report(sample) for sample in samples())


def _report(sample: Sample) -> Learned:
    mentions = date_mentions(sample.context)
    wanted = {kind: {i["dates"][kind] for i in sample.incidents} - {None} for kind in KINDS}
    chosen = {}
    for kind in KINDS:
        spans = list(_quoted(sample, kind))
        found = _match(wanted[kind], [m.value for m in mentions])
        chosen[kind] = frozenset(i for i, m in enumerate(mentions) if found[i] and any(m.start < b and m.end > a for a, b in spans))
    return Learned(mentions, weight(sample.key), wanted, chosen, sample.key)


def _quoted(sample: Sample, field: str) -> Iterator[tuple[int, int]]:
    """Where the words stand that the labels give for a field: as quotes, or as offsets."""
    for incident in sample.incidents:
        quotes = incident["evidence"].get(field) or ()
        for quote in [quotes] if isinstance(quotes, str) else quotes:
            start = sample.context.text.find(quote) if isinstance(quote, str) else quote[0]
            if start >= 0:
                yield start, start + len(quote) if isinstance(quote, str) else quote[1]


@cache
def _notices() -> tuple[Learned, ...]:
    """The notices tell when it occurred by a column; of what else their dates are, only the labelled ones tell."""
    labelled = [
        Learned(date_mentions(context), NOTICE_WEIGHT, {kind: {incident["dates"][kind]} - {None} for kind in KINDS})
        for context, incident in labelled_notices()
    ]
    return (
        *labelled,
        *(Learned(date_mentions(n.context), NOTICE_WEIGHT, {"occurred_from": {n.occurred}}) for n in california() if n.occurred),
    )


def train_dates(held_out: Collection[str] = (), c: float = 0.05) -> dict[str, LinearModel]:
    """A judge by kind, learned without the reports held out."""
    found = [d for d in (*_reports(), *_notices(), *_sentences()) if d.key not in held_out]
    models = {}
    for kind in KINDS:
        rows = [row for learned in found for row in learned.rows(kind)]
        rows += [(features, label, SEED_WEIGHT) for features, label in seeds(kind)]
        features, labels, weights = ([row[i] for row in rows] for i in range(3))
        models[kind] = fit(features, labels, c=c, min_count=3, weights_of=weights)
    return models
