"""Makes `vocab/data/actors_galaxies.json`, the compact table of actor names, from the clusters that pymispgalaxies brings.

    python -m breachbook.resolve.build_actor_names

Threat actors of three clusters are one when they have the same name, or when each lists the other's name as its synonym. Ransomware
brands stay apart from them, unless they bear the same name. The same package gives the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from breachbook.resolve.actor_names import TABLE, actor_key, names_nobody

GROUPS = ("threat-actor", "mitre-intrusion-set", "microsoft-activity-group")
"""Clusters of groups, in the order in which their way of writing a name is preferred."""

BRANDS = ("ransomware",)
"""Clusters of brands under which several groups may work."""

_MITRE_ID = re.compile(r" - G\d{4}$")


def table() -> dict[str, Any]:
    """`actors`: key to name, kind (`group` or `brand`) and aliases; `disputed`: alias key to the keys of those it is claimed for;
    `also`: an actor's key to the keys of others that count its name among their aliases.

    A name that some entry bears as its own belongs to that entry, whoever else claims it as an alias.
    """
    actors = _merged([*_entries(GROUPS, "group"), *_entries(BRANDS, "brand")])
    owners = {own: key for key, actor in actors.items() for own in actor["own"]}
    claimed: dict[str, set[str]] = defaultdict(set)
    for key, actor in actors.items():
        for alias in actor["aliases"]:
            claimed[actor_key(alias)].add(key)
    disputed = {alias: sorted(keys) for alias, keys in claimed.items() if alias and alias not in owners and len(keys) > 1}
    also: dict[str, set[str]] = defaultdict(set)
    for alias, keys in claimed.items():
        if alias in owners:
            also[owners[alias]] |= keys - {owners[alias]}
    for key, actor in actors.items():
        kept = {a for a in actor["aliases"] if actor_key(a) and actor_key(a) not in disputed and owners.get(actor_key(a), key) == key}
        actor["aliases"] = sorted(kept - {actor["name"]})
    rows = {key: sorted(keys) for key, keys in sorted(also.items()) if keys}
    return {"actors": dict(sorted(actors.items())), "disputed": dict(sorted(disputed.items())), "also": rows}


def text() -> str:
    """The file's text."""
    rows = table()
    actors = ",\n".join(
        json.dumps(key, ensure_ascii=False)
        + ":"
        + json.dumps([a["name"], a["kind"], *a["aliases"]], ensure_ascii=False, separators=(",", ":"))
        for key, a in rows["actors"].items()
    )
    rest = {name: json.dumps(rows[name], ensure_ascii=False, separators=(",", ":")) for name in ("disputed", "also")}
    return f'{{"actors":{{\n{actors}\n}},\n"disputed":{rest["disputed"]},\n"also":{rest["also"]}}}\n'


def _entries(clusters: tuple[str, ...], kind: str) -> Iterator[dict[str, Any]]:
    folder = files("pymispgalaxies").joinpath("data", "misp-galaxy", "clusters")
    for cluster in clusters:
        values = json.loads(folder.joinpath(f"{cluster}.json").read_text("utf-8"))["values"]
        for value in sorted(values, key=lambda v: (v["value"].casefold(), v["value"])):
            name = _MITRE_ID.sub("", value["value"]).strip()
            aliases = {a.strip() for a in value.get("meta", {}).get("synonyms", []) if isinstance(a, str) and a.strip()}
            if actor_key(name) and not names_nobody(name):
                aliases = {a for a in aliases if not names_nobody(a)}
                yield {"name": name, "kind": kind, "own": {actor_key(name)}, "aliases": aliases | {name}}


def _merged(entries: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Entries of one name as one, then groups that list each other's names as one, under the name that comes first."""
    actors: dict[str, dict[str, Any]] = {}
    for entry in entries:
        known = actors.setdefault(actor_key(entry["name"]), entry)
        known["aliases"] |= entry["aliases"]
    listed = {key: {actor_key(a) for a in actor["aliases"]} for key, actor in actors.items()}
    into = {key: key for key in actors}
    for key in actors:
        for other in sorted(listed[key] & actors.keys() - {key}):
            if key in listed[other] and actors[other]["kind"] == actors[key]["kind"] == "group":
                first, second = sorted((_root(into, key), _root(into, other)), key=list(actors).index)
                into[second] = first
    for key in list(actors):
        root = _root(into, key)
        if root != key:
            gone = actors.pop(key)
            actors[root]["aliases"] |= gone["aliases"]
            actors[root]["own"] |= gone["own"]
    return actors


def _root(into: dict[str, str], key: str) -> str:
    while into[key] != key:
        key = into[key]
    return key


def main() -> None:
    """Writes the file into the source tree."""
    path = Path(str(files("breachbook.vocab").joinpath("data", TABLE)))
    path.write_text(text(), "utf-8")
    print(f"{path.name}: {path.stat().st_size} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
