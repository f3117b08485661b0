"""Makes all learned weights of the package again: `python -m training.train` (`make train`)."""

from __future__ import annotations

from collections.abc import Callable

from training import places, train_values, word_clusters, words
from training.first_look import train_first_look
from training.fit import write, write_words
from training.organisation_facts import train_facts
from training.parts import train_parts
from training.relevance import train_relevance
from training.roles import train


def _report() -> None:
    print(f"first_look: {write('first_look', {'yes': train_first_look()})} bytes")
    models = train()
    print(f"roles: {write('roles', models)} bytes")
    print(f"relevance: {write_words('relevance', train_relevance((), models))} bytes")
    print(f"parts: {write('parts', train_parts())} bytes")
    print(f"organisation_facts: {write('organisation_facts', train_facts())} bytes")


TASKS: tuple[Callable[[], None], ...] = (words.main, word_clusters.main, places.main, _report, train_values.main)
"""What is trained, in this order: a later task may use what an earlier one wrote."""


def main() -> None:
    """Runs every task."""
    for task in TASKS:
        task()


if __name__ == "__main__":
    main()
