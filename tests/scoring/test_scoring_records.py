"""Files of labels: read whole, or refused with the line and what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachbook.errors import RequestError
from breachbook.scoring.comparing import compare
from breachbook.scoring.records import SHAPES, read_records


def written(folder: Path, *lines: Any) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


def test_records_by_id_in_their_order(tmp_path: Path) -> None:
    rows = [{"id": "b", "relevant": False}, {"id": "a", "relevant": True, "incidents": []}]
    assert list(read_records(written(tmp_path, rows[0], "", rows[1]))) == ["b", "a"]


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("{", "JSON"),
        ("[" * 100_000, "JSON"),
        ("7", "object"),
        ({"relevant": True}, "'id'"),
        ({"id": "x", "relevant": "yes"}, "'relevant'"),
        ({"id": "x", "relevant": True, "incidents": {}}, "'incidents'"),
        ({"id": "x", "relevant": True, "incidents": [3]}, "'incidents'"),
        ({"id": "x", "relevant": True, "incidents": [{}, {"victims": ["Lake"]}]}, "'victims' of incident 2"),
        ({"id": "x", "relevant": True, "incidents": [{"effects": "extortion"}]}, "'effects'"),
        ({"id": "x", "relevant": True, "incidents": [{"dates": {"notified": 2021}}]}, "'dates'"),
        ({"id": "x", "relevant": True, "incidents": [{"people_affected": 7}]}, "'people_affected'"),
        ({"id": "x", "relevant": True, "incidents": [{"ransom": {"demanded": {"amount": 1e400}}}]}, "'ransom'"),
        ({"id": "good", "relevant": True}, "twice"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: Any, wrong: str) -> None:
    with pytest.raises(RequestError, match=r"line 2") as raised:
        read_records(written(tmp_path, {"id": "good", "relevant": False}, line))
    assert wrong in str(raised.value)


def test_bytes_that_are_not_utf_8_are_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b'{"id": "\xff"}')
    with pytest.raises(RequestError, match="line 1"):
        read_records(path)


def test_no_file_and_no_records(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="cannot be read"):
        read_records(tmp_path / "none.jsonl")
    with pytest.raises(RequestError, match="no records"):
        read_records(written(tmp_path, ""))


KEYS = st.sampled_from(["name", "value", "amount", "demanded", "paid"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(SHAPES, ANYTHING)))
def test_what_is_not_refused_can_be_scored(tmp_path_factory: pytest.TempPathFactory, incident: dict[str, Any]) -> None:
    path = written(tmp_path_factory.mktemp("gold"), {"id": "x", "relevant": True, "incidents": [incident]})
    try:
        row = read_records(path)["x"]
    except RequestError:
        return
    assert (
        compare("x", row, row).mistakes == 0 or any(not v.get("name") for v in incident.get("victims") or ()) or has_empty_names(incident)
    )


def has_empty_names(incident: dict[str, Any]) -> bool:
    """Whether a name holds no letters: that is the same as nothing, not even itself."""
    from breachbook.scoring.names import entity, plain

    named = [entity(v) for key in ("victims", "third_parties", "actors") for v in incident.get(key) or ()]
    return any(not plain(thing["name"]) for thing in named)
