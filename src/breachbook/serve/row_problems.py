"""What was wrong with rows of a file, as lines for a person and as JSON Lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from breachbook.model.reference import RowProblem
from breachbook.serve.answers import dumps
from breachbook.serve.files import write_whole

SHOWN = 20
"""Rows of each kind of problem that are told one by one; all are in the file of problems, where one is asked for."""


class RowProblems:
    """Gathers problems; `left_out` counts rows that were not taken."""

    def __init__(self) -> None:
        self._all: list[RowProblem] = []

    def __call__(self, problem: RowProblem) -> None:
        self._all.append(problem)

    @property
    def left_out(self) -> int:
        """Rows that were not taken."""
        return sum(not problem.kept for problem in self._all)

    def report(self, say: Callable[[str], None], file: Path | None = None) -> None:
        """Says what was wrong, and writes all of it to a file where one is given.

        Raises:
            RequestError: the file cannot be written.
        """
        counts: Counter[str] = Counter()
        for problem in self._all:
            counts[problem.code] += 1
            if counts[problem.code] <= SHOWN:
                say(f"row {problem.row}: {'taken, but ' if problem.kept else 'left out: '}{problem.detail} ({problem.code})")
        for code, number in sorted(counts.items()):
            if number > SHOWN:
                say(f"{number - SHOWN:,} more rows like that ({code})")
        if file is not None:
            write_whole(file, self._lines())

    def _lines(self) -> Iterator[str]:
        return (dumps(asdict(problem)) + "\n" for problem in self._all)
