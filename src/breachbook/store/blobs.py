"""Raw bytes of documents, kept as they came: one zstandard file each, named by the SHA-256 of what it holds."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

import zstandard

from breachbook.errors import NotFoundError, StoreError
from breachbook.model.ids import digest

LEVEL = 3
"""zstandard's own default: reports shrink to about a third at hundreds of megabytes a second."""

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Blobs:
    """The folder `documents/` of the home: `ab/ab12….zst`."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "documents"

    def put(self, raw: bytes) -> str:
        """Keeps bytes and gives their digest. A file appears whole or not at all, also when the machine stops.

        Raises:
            StoreError: the folder cannot be written.
        """
        address = digest(raw)
        path = self.path(address)
        if not path.exists():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                _write(path, zstandard.ZstdCompressor(level=LEVEL).compress(raw))
            except OSError as error:
                raise StoreError(f"cannot be written: {error.strerror}", subject=str(path)) from error
        return address

    def get(self, address: str) -> bytes:
        """The bytes with this digest.

        Raises:
            NotFoundError: there are none.
            StoreError: the file is damaged.
        """
        path = self.path(address)
        try:
            raw = zstandard.ZstdDecompressor().decompress(path.read_bytes())
        except FileNotFoundError:
            raise NotFoundError("its bytes are not kept here", subject=address) from None
        except (OSError, zstandard.ZstdError) as error:
            raise StoreError(f"cannot be read: {error}", subject=str(path)) from error
        if digest(raw) != address:
            raise StoreError("does not hold what its name says", subject=str(path))
        return raw

    def path(self, address: str) -> Path:
        """Where the bytes with this digest lie.

        Raises:
            StoreError: not a digest.
        """
        if not _DIGEST.fullmatch(address):
            raise StoreError("not a SHA-256", subject=repr(address[:80]), property="raw_digest")
        return self.folder / address[:2] / f"{address}.zst"


def _write(path: Path, packed: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(packed)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
