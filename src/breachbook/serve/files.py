"""Writes a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from breachbook.errors import RequestError


def write_whole(path: Path, pieces: Iterable[str]) -> None:
    """Writes the pieces (UTF-8) beside `path` and then puts them in its place: a reader never sees half a file.

    Raises:
        RequestError: it cannot be written there.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.writelines(pieces)
            # mkstemp lets only the owner read; an export gets what any new file of this user would have.
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(name, 0o666 & ~mask)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise RequestError(f"cannot be written: {error.strerror}", subject=str(path)) from error
