"""Reads the labelled CASIE reports with the offline reader and writes their report records: `python -m training.predict OUT`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from breachbook.extract.reader import OfflineReader
from breachbook.extract.report_record import report_record
from training.corpus import gold, report


def main() -> None:
    """Writes one record a line to the file named first."""
    reader = OfflineReader()
    with Path(sys.argv[1]).open("w", encoding="utf-8") as out:
        for document in map(report, gold()):
            out.write(json.dumps(report_record(document, reader.read(document)), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
