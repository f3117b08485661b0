"""What surrounds every command: errors as one line with the way out, exit codes, closed pipes, Ctrl-C."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from breachbook.errors import AmbiguousError, BreachbookError, ContradictionError, RequestError, SettingsError

FAILED, MISUSED, PIPE_CLOSED = 1, 2, 141
"""Exit codes; 141 is what the shell gives for a program whose reader has gone (128 + SIGPIPE)."""


class BookGroup(TyperGroup):
    """Turns every error that Breachbook raises on purpose into one line with the way out, and the right exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except BreachbookError as error:
            complain(error)
            raise typer.Exit(MISUSED if isinstance(error, RequestError) else FAILED) from None
        except BrokenPipeError:
            # Whatever is still buffered has no reader; without this the interpreter complains at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(PIPE_CLOSED) from None
        except KeyboardInterrupt:
            say("Stopped. What was finished is kept; the same command goes on from there.")
            raise


def complain(error: BreachbookError) -> None:
    """Says on standard error what is wrong; of an ambiguous name, also what it could mean; of a contradiction, also with what."""
    from breachbook.serve.words import visible

    say(f"error: {error}")
    if isinstance(error, AmbiguousError):
        for identity, name in error.candidates:
            typer.echo(f"  {identity}  {visible(name)}", err=True)
    elif isinstance(error, ContradictionError):
        from breachbook.serve.match_view import told_shortly

        for line in told_shortly(error.earlier):
            typer.echo(f"  {visible(line)}", err=True)
        say("--replace undoes what it contradicts.")
    elif isinstance(error, SettingsError):
        say("`breachbook settings` lists the settings.")


def say(message: str) -> None:
    """A message to the user, on standard error."""
    from breachbook.serve.words import visible

    typer.echo(f"breachbook: {visible(message)}", err=True)
