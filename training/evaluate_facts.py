"""Scores country, sector and domain of the labelled victims alone: the victims are given, the judges have not seen their fold.

python -m training.evaluate_facts [FIELD] [--nameless]

Counts the labelled victims that a name in the text matches (the others, mostly victims that are only described, are
counted apart), by who labelled the report: the careful readers, or the project. With a field's name it prints what was
missed and what was wrong, with the signs of the labelled value. `--nameless` reads as if the register of widely known
organisations were empty, as it is for the organisations that nobody knows.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict

from breachbook.extract import lexicon
from breachbook.extract.descriptions import domains
from breachbook.extract.mentions import MentionFinder, is_domain
from breachbook.extract.organisation_facts import facts
from training.corpus import gold, labels
from training.evaluate import FOLDS, fold_of
from training.evaluate_values import line
from training.organisation_facts import Labelled, train_facts, victims_of

FIELDS = ("country", "sector", "domain")


def main() -> None:
    """Prints precision, recall, F1 and the number of labels, a line a field and a kind of labels."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("field", nargs="?", choices=FIELDS)
    parser.add_argument("--nameless", action="store_true", help="without the register of widely known organisations")
    args = parser.parse_args()
    if args.nameless:
        lexicon.sector_register().clear()  # type: ignore[attr-defined]  # the cached table itself
    totals: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    unmatched = 0
    for fold in range(FOLDS):
        models = train_facts({key for key in labels() if fold_of(key) == fold})
        for key in (k for k in labels() if fold_of(k) == fold and labels()[k]["relevant"]):
            kind = "readers" if key in gold() else key.partition(":")[0]
            unmatched += (sum(len(i["victims"]) for i in gold()[key]["incidents"]) - len(victims_of(key))) if key in gold() else 0
            for one in victims_of(key):
                context = one.survey.context
                spans = [(t.start, t.end) for words in MentionFinder(context).sentence_tokens for t in words if is_domain(t.word)]
                found = {f.property: f for f in [*facts(one.candidate, one.survey, models), *domains(one.candidate, context, spans)]}
                for field in FIELDS:
                    want, got = one.victim[field], found.get(field)
                    value = str(got.value).lower() if got else None
                    hit = want is not None and value == want.lower()
                    totals[field, kind].update(tp=hit, predicted=got is not None, gold=want is not None)
                    if args.field == field and not hit and (want or got):
                        words = context.text[max(0, got.start - 50) : got.end + 30].replace("\n", " ") if got else ""
                        print(key, f"{one.candidate.name!r} wanted {want} got {value} |{words}|", _signs(one, field, want))
    for name, count in sorted(totals.items()):
        print(f"{' '.join(name):18}{line(count)}")
    print(f"victims of the readers' labels that no name in the text matches: {unmatched}")


def _signs(one: Labelled, field: str, want: str | None) -> list[str]:
    options = one.countries if field == "country" else one.sectors if field == "sector" else []
    return next((o.features for o in options if o.value == want), [])


if __name__ == "__main__":
    main()
