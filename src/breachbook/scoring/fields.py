"""The fields that are scored, in the order in which they are shown, and where in a report record their values stand."""

from __future__ import annotations

OF_VICTIMS = ("country", "sector", "domain")
"""Properties of a victim: scored where a victim of the label was found, under whatever form of its name."""

NAMED = ("third_parties", "actors")
"""Lists of names: values are the same when their names are (`names.same_entity`)."""

TERMS = ("attack_types", "effects", "data_classes", "data_classes_denied", "cves", "malware")
"""Lists of terms and codes: values are the same when they are but for case and punctuation."""

DATES = ("occurred_from", "occurred_to", "discovered", "disclosed", "notified")
"""The dates of an incident, scored together as `dates`. One that is more precise than the label's and agrees with it is right."""

COUNTS = ("people_affected", "records_affected")
"""The counts of an incident, scored together as `counts`, by value and without their qualifier."""

FIELDS = ("relevant", "victims", *OF_VICTIMS, *NAMED, *TERMS, "dates", "counts", "data_volume", "ransom", "confirmed", "claimed")
"""All scored fields. `relevant` and `victims` are scored once a report, the others for each incident."""

GROUNDED = "grounded"
"""The share of filled fields whose evidence stands in the text. Shown with the fields, and no part of their mean."""

PROVEN = ("victims", *NAMED, *TERMS, *COUNTS, "data_volume_bytes", "ransom")
"""Keys of an incident that must have evidence where they are filled."""
