"""Who was hit of those named: beside the likeliest, others that the list, the headline and the sentences put beside it."""

from __future__ import annotations

import pytest

from breachbook.extract.reader import OfflineReader
from breachbook.extract.report_record import report_record
from breachbook.model.document import Document


def victims(title: str, body: str) -> list[str]:
    document = Document("text", f"{title}\n\n{body}", "x", title=title, language="en", published="2024-05-06")
    record = report_record(document, OfflineReader().read(document))
    return [victim["name"] for incident in record["incidents"] for victim in incident["victims"]]


def test_all_members_of_a_list_of_victims_were_hit() -> None:
    found = victims(
        "Four Quuxland colleges hit by ransomware",
        "A ransomware attack has hit four colleges in Quuxland, officials said on Monday. The colleges affected are Harrow Vale College, "
        "Pinmore College, Eastcairn College and Tolbeg College. Their computer systems were encrypted and classes were cancelled. "
        "Harrow Vale College said it had called the police.",
    )
    assert {"Harrow Vale College", "Pinmore College", "Eastcairn College", "Tolbeg College"} <= set(found)


@pytest.mark.parametrize(
    ("long", "short"),
    [("Quuxland Department of Transportation", "Quuxland DOT"), ("Zembla Health", "Zembla Health's EHR")],
)
def test_one_thing_under_two_names_is_one_victim(long: str, short: str) -> None:
    found = victims(
        f"{long} hit by ransomware",
        f"Hackers have encrypted the computers of {long}, it said on Monday. {short} was hit by the ransomware as well, and its staff "
        f"could not work. The hackers broke into {short} on Friday. {long} said that it had been hacked and will not pay the ransom.",
    )
    assert len(found) == 1
    assert found[0].startswith(long.split()[0])


def test_a_device_is_no_victim() -> None:
    found = victims(
        "How the Quux Transfer Appliance was attacked",
        "Hackers attacked the Quux Transfer Appliance in May. They stole files from Harrow Vale Bank, which used it, the bank said on "
        "Monday. Harrow Vale Bank said the data of 3,000 customers was stolen.",
    )
    assert not any("Appliance" in name for name in found)
