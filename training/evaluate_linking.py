"""Measures linking on labelled names: press victims to leak-site posts, and pairs of names.

python -m training.evaluate_linking [--show] [--half 0|1]

Nothing is learnt from these rows; `--half` takes every second one, so that what is changed while looking at one half can be
measured on the other.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from breachbook.model.reference import Asked, KnownOrganisation
from breachbook.resolve.linking import alike_names, link
from breachbook.resolve.weights import DIFFERENT, SAME
from breachbook.store.name_index import NameIndex
from breachbook.text.domains import registered
from breachbook.text.names import forms
from training.corpus import shared

ORGANISATIONS = ("Company", "Organization", "LegalEntity")
"""Kinds of name in the pairs that are not people's or ships'."""


def keys(name: str) -> frozenset[str]:
    """What two listings of one victim share: a name key or a domain."""
    return frozenset(key for form in forms(name) for key in (form.key, form.domain) if key)


def press_rows(half: int | None) -> tuple[list[dict[str, str]], list[str], dict[str, set[str]]]:
    """Press victims, the names of all posts, and for each victim's domain what its posts are called."""
    with (shared() / "gold" / "press_leak_pairs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    posts = json.loads((shared() / "corpora" / "leaksite" / "posts.json").read_text("utf-8"))
    names = dict.fromkeys([*(row["leak_victim"].strip() for row in rows), *(str(post["post_title"]).strip() for post in posts)])
    one_victim: dict[str, set[str]] = {}
    for row in rows:
        one_victim.setdefault(row["domain"], set()).update(keys(row["leak_victim"]))
    return [row for place, row in enumerate(rows) if half is None or place % 2 == half], [name for name in names if name], one_victim


def press_to_posts(half: int | None = None, show: bool = False) -> dict[str, float]:
    """Shares of press victims that have the post of the same victim `first`, in the first `ten`, as a `match`, and a `wrong` one as a
    match; `show` prints what went wrong."""
    asked, names, one_victim = press_rows(half)
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        index = NameIndex(Path(folder))
        index.rebuild("evaluation", (KnownOrganisation(f"post-{place}", "posts", name) for place, name in enumerate(names)))
        for row in asked:
            domains = tuple(d for d in (registered(row["domain"]),) if d)
            found = link(Asked(row["press_victim"], domains, tuple(c for c in (row["country"],) if c)), index)
            right = [bool(keys(linked.organisation.name) & keys(row["leak_victim"])) for linked in found]
            same = [bool(keys(linked.organisation.name) & one_victim[row["domain"]]) for linked in found]
            mistaken = [linked for linked, ok in zip(found, same, strict=True) if linked.decision == SAME and not ok]
            matched = any(linked.decision == SAME and ok for linked, ok in zip(found, same, strict=True))
            counts.update(first=right[:1] == [True], ten=any(right), match=matched, wrong=bool(mistaken))
            if show and (right[:1] != [True] or mistaken):
                best = [(linked.organisation.name, linked.match.score, linked.decision) for linked in [*found[:2], *mistaken]]
                print(f"  {row['press_victim']} | {row['domain']} | {row['leak_victim']} -> {best}")
    return {"victims": len(asked), "names": len(names)} | {name: counts[name] / len(asked) for name in ("first", "ten", "match", "wrong")}


def pairs_of_names(half: int | None = None, show: bool = False) -> dict[str, float]:
    """Number of `pairs`, and `precision`, `recall` and `f1` of those of organisations' names that are a match or a proposal."""
    with (shared() / "corpora" / "reference" / "name_pairs.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["schema"] in ORGANISATIONS]
    rows = [row for place, row in enumerate(rows) if half is None or place % 2 == half]
    truth = [row["is_match"] == "true" for row in rows]
    found = [alike_names(row["name1"], row["name2"]) for row in rows]
    said = [m is not None and m.decision != DIFFERENT for m in found]
    if show:
        for row, s, t, m in zip(rows, said, truth, found, strict=True):
            if s != t:
                print(f"  {'missed' if t else 'wrong'}: {row['name1']} | {row['name2']} {m.parts if m else None}")
    right = sum(s and t for s, t in zip(said, truth, strict=True))
    sure = [t for m, t in zip(found, truth, strict=True) if m is not None and m.decision == SAME]
    return {
        "pairs": len(rows),
        "precision": right / max(1, sum(said)),
        "recall": right / sum(truth),
        "f1": 2 * right / (sum(said) + sum(truth)),
        "match_precision": sum(sure) / max(1, len(sure)),
    }


def main(given: Sequence[str] | None = None) -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="also print what went wrong")
    parser.add_argument("--half", type=int, choices=(0, 1), default=None)
    options = parser.parse_args(given)
    for label, measure in (("press victims to posts", press_to_posts), ("pairs of names", pairs_of_names)):
        figures = measure(options.half, options.show)
        print(f"{label}: " + ", ".join(f"{name} {value:.4g}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
