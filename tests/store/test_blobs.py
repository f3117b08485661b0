"""Raw bytes are kept whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from breachbook.errors import NotFoundError, StoreError
from breachbook.model.ids import digest
from breachbook.store.blobs import Blobs


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(raw=st.binary())
def test_bytes_come_back(home: Path, raw: bytes) -> None:
    blobs = Blobs(home)
    assert blobs.get(blobs.put(raw)) == raw


def test_the_same_bytes_are_one_compressed_file(home: Path) -> None:
    blobs, raw = Blobs(home), b"breach " * 10_000
    address = blobs.put(raw)
    assert blobs.put(raw) == address == digest(raw)
    files = [path for path in home.rglob("*") if path.is_file()]
    assert [path.relative_to(home).parts for path in files] == [("documents", address[:2], f"{address}.zst")]
    assert files[0].stat().st_size < len(raw) / 10


def test_a_write_that_is_cut_short_leaves_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(_source: object, _target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", cut)
    with pytest.raises(StoreError, match="No space left"):
        Blobs(home).put(b"something")
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_what_is_missing_damaged_or_no_digest_is_told_apart(home: Path) -> None:
    blobs = Blobs(home)
    with pytest.raises(NotFoundError):
        blobs.get("0" * 64)
    with pytest.raises(StoreError, match="not a SHA-256"):
        blobs.get("../../etc/passwd")
    one, other = blobs.put(b"one"), blobs.put(b"other")
    blobs.path(one).write_bytes(blobs.path(other).read_bytes())
    with pytest.raises(StoreError, match="does not hold what its name says"):
        blobs.get(one)
    blobs.path(one).write_bytes(b"torn")
    with pytest.raises(StoreError, match="cannot be read"):
        blobs.get(one)
