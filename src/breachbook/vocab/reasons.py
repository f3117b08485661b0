"""Reason codes (`data/refusals.toml`): which of them tell of something that was kept."""

from __future__ import annotations

from breachbook.vocab.data_files import toml_file


def is_note(code: str) -> bool:
    """Whether a reason code is of something that was kept and is not as it should be: a note, and no refusal."""
    return code in toml_file("refusals.toml")["noted"]
