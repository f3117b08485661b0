"""Learns all judges of values."""

from __future__ import annotations

from collections.abc import Collection

from breachbook.extract.linear_model import LinearModel
from training.counts import train_counts
from training.data_classes import train_data_classes
from training.dates import train_dates
from training.fit import write
from training.malware import train_malware, write_names
from training.terms import train_confirmation, train_ransom, train_terms


def train_values(held_out: Collection[str] = ()) -> dict[str, dict[str, LinearModel]]:
    """The judges by extractor, learned without the reports held out."""
    return {
        "attack_type": train_terms("attack_type", held_out),
        "effect": train_terms("effect", held_out),
        "data_class": train_data_classes(held_out),
        "dates": train_dates(held_out),
        "counts": train_counts(held_out),
        "ransom": train_ransom(held_out),
        "confirmation": train_confirmation(held_out),
        "malware": train_malware(held_out),
    }


def main() -> None:
    """Writes the weights of all judges of values."""
    print(f"malware names: {write_names()}")
    for name, models in train_values().items():
        print(f"{name}: {write(name, models)} bytes")


if __name__ == "__main__":
    main()
