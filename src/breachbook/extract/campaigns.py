"""The wave of incidents that a report counts this one among ("part of a large Accellion breach")."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from breachbook.extract.attribution import attribute
from breachbook.extract.context import Context, Finding

_CAMPAIGN = re.compile(
    r"(?:part of|linked to|related to|victims? of|caught up in|tied to|connected to|stem(?:s|med|ming) from|"
    r"was from|were from|is|it was|amid|result of|affected by|hit by|"
    r"impacted by|involved in|in)\s(?:the|a|an)\s(?:(?:recent|large|massive|wider|global|widespread|ongoing|"
    r"broader|mass|larger|big|worldwide|same|now-infamous|latest)\s){0,3}"
    r"((?:[A-Z][\w.&-]{1,24}\s){1,3}(?:file transfer\s|zero-day\s|supply chain\s|ransomware\s|data\s|mass\s|hacking\s|data theft\s){0,2}"
    r"(?:breach|breaches|hack|hacks|hacking campaign|attack|attacks|campaign|exploitation|outbreak|compromise|zero-day))\b"
)
MOST_CAMPAIGNS = 4


def campaigns(context: Context, victims: Collection[str]) -> Iterator[Finding]:
    """Campaigns named in the text, one finding a revision; a "breach" named after the victim itself is none."""
    own = {word.lower() for name in victims for word in name.split() if len(word) > 2}
    seen: set[tuple[str, int]] = set()
    for match in _CAMPAIGN.finditer(context.text):
        value = " ".join(match.group(1).split())
        sentence = context.sentence_at(match.start(1))
        key = (value.lower(), sentence.revision if sentence else 0)
        if value.split()[0].lower() in own or key in seen or len(seen) >= MOST_CAMPAIGNS:
            continue
        finding = Finding("campaign", value, match.start(1), match.end(1), extractor="campaigns")
        if attribute(context, finding)[1] != "denied":
            seen.add(key)
            yield finding
