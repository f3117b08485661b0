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


def press_to_posts(half: int | None, show: bool) -> None:
    """Prints how many press victims have the post of the same victim first, and how many a wrong one as a match."""
    with (shared() / "gold" / "press_leak_pairs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    posts = json.loads((shared() / "corpora" / "leaksite" / "posts.json").read_text("utf-8"))
    names = dict.fromkeys([*(row["leak_victim"].strip() for row in rows), *(str(post["post_title"]).strip() for post in posts)])
    one_victim: dict[str, set[str]] = {}
    for row in rows:
        one_victim.setdefault(row["domain"], set()).update(keys(row["leak_victim"]))
    asked = [row for place, row in enumerate(rows) if half is None or place % 2 == half]
    first = within = matched = wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        index = NameIndex(Path(folder))
        index.rebuild("evaluation", (KnownOrganisation(f"post-{place}", "posts", name) for place, name in enumerate(names) if name))
        for row in asked:
            domains = tuple(d for d in (registered(row["domain"]),) if d)
            found = link(Asked(row["press_victim"], domains, tuple(c for c in (row["country"],) if c)), index)
            right = [bool(keys(linked.organisation.name) & keys(row["leak_victim"])) for linked in found]
            same = [bool(keys(linked.organisation.name) & one_victim[row["domain"]]) for linked in found]
            mistaken = [linked for linked, ok in zip(found, same, strict=True) if linked.decision == SAME and not ok]
            first += right[:1] == [True]
            within += any(right)
            matched += any(linked.decision == SAME and ok for linked, ok in zip(found, same, strict=True))
            wrong += bool(mistaken)
            if show and (right[:1] != [True] or mistaken):
                best = [(linked.organisation.name, linked.match.score, linked.decision) for linked in [*found[:2], *mistaken]]
                print(f"  {row['press_victim']} | {row['domain']} | {row['leak_victim']} -> {best}")
    print(
        f"press to posts: {len(asked)} victims among {len(names)} names: first {first / len(asked):.3f}, in ten {within / len(asked):.3f}, "
        f"as a match {matched / len(asked):.3f}, a wrong one as a match {wrong / len(asked):.4f}"
    )


def pairs_of_names(half: int | None, show: bool) -> None:
    """Prints precision, recall and F1 of pairs of organisations' names that are a match or a proposal."""
    with (shared() / "corpora" / "reference" / "name_pairs.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["schema"] in ORGANISATIONS]
    rows = [row for place, row in enumerate(rows) if half is None or place % 2 == half]
    truth = [row["is_match"] == "true" for row in rows]
    found = [alike_names(row["name1"], row["name2"]) for row in rows]
    for label, said in (
        ("match or proposal", [m is not None and m.decision != DIFFERENT for m in found]),
        ("match", [m is not None and m.decision == SAME for m in found]),
    ):
        right = sum(s and t for s, t in zip(said, truth, strict=True))
        precision, recall = right / max(1, sum(said)), right / sum(truth)
        f1 = 2 * right / (sum(said) + sum(truth))
        print(f"pairs of names, {label}: {len(rows)} pairs, precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
        if show and label != "match":
            for row, s, t, m in zip(rows, said, truth, found, strict=True):
                if s != t:
                    print(f"  {'missed' if t else 'wrong'}: {row['name1']} | {row['name2']} {m.parts if m else None}")


def main(given: Sequence[str] | None = None) -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="also print what went wrong")
    parser.add_argument("--half", type=int, choices=(0, 1), default=None)
    options = parser.parse_args(given)
    press_to_posts(options.half, options.show)
    pairs_of_names(options.half, options.show)


if __name__ == "__main__":
    main()
