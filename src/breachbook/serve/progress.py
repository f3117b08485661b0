"""Progress of an adding, on standard error: a bar on a terminal, nothing but refusals and notes when piped."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from breachbook.serve.terminal import text

if TYPE_CHECKING:
    from breachbook.pipeline import Progress

REFUSED = "refused:"
"""How the outcome of a refusal begins (`pipeline.Progress.outcome`)."""

NOTE = "note:"
"""How what a reader says of a reading begins."""

NAME_WIDTH = 60
"""Columns of the place that is being read; its end says most."""


@contextmanager
def progress() -> Iterator[Callable[[Progress], None]]:
    """What to call with each thing done; refusals and notes leave a line, the rest moves the bar."""
    console = Console(file=sys.stderr, markup=False, highlight=False, emoji=False)
    columns = (SpinnerColumn(), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.fields[place]}", markup=False))
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None, place="")

        def shown(done: Progress) -> None:
            if done.outcome.startswith(REFUSED):
                console.print(text(f"refused {done.origin}: {done.outcome.removeprefix(REFUSED)}"), soft_wrap=True)
            elif done.outcome.startswith(NOTE):
                console.print(text(f"{done.origin}: {done.outcome.removeprefix(NOTE)}"), soft_wrap=True)
            bar.update(task, completed=done.done, total=done.total, place=text(done.origin[-NAME_WIDTH:]).plain)

        yield shown
