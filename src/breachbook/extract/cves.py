"""The CVE numbers of vulnerabilities that were exploited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from breachbook.extract.attribution import certainty
from breachbook.extract.context import Context, Finding

LOOK_BACK = 2
"""Sentences before a number in which the exploiting may be told ("They used two flaws. CVE-… lets …")."""


class Cves:
    """Findings of `cve`: numbers beside words of exploiting; those that a text only lists as patched or scored are left."""

    name = "cves"
    patterns: Mapping[str, str] = {
        "cves.number": r"\bcve[- ](?P<year>(?:19|20)\d\d)-(?P<number>\d{4,7})\b",
        "cves.exploited": r"\b(?:exploit(?:ed|ing|s|ation)?|abus(?:ed|ing)|leverag(?:ed|ing)|attack(?:ed|ers?|s)?|breach(?:ed)?|"
        r"compromis(?:ed|e|ing)|zero[- ]day"
        r"|us(?:ed|ing) (?:\w{1,24} ){0,4}(?:flaws?|vulnerabilit(?:y|ies)|bugs?)|due to|caused by|through|stole|hack(?:ed|"
        r"ers)?|intru(?:sion|ders?)|gain(?:ed)? access)\b",
    }

    def find(self, context: Context) -> Iterable[Finding]:
        """Each number once a revision, where it first stands beside such words."""
        told = {s.index for m in context.hits.get("cves.exploited", ()) if (s := context.sentence_at(m.start()))}
        seen: set[tuple[str, int]] = set()
        for match in context.hits.get("cves.number", ()):
            sentence = context.sentence_at(match.start())
            if sentence is None:
                continue
            value = f"CVE-{match['year']}-{match['number']}"
            near = told & set(range(sentence.index - LOOK_BACK, sentence.index + 1))
            if near and (value, sentence.revision) not in seen:
                seen.add((value, sentence.revision))
                sure = certainty(context, match.start(), match.end())
                kept = "possible" if sure == "denied" else sure
                yield Finding("cve", value, match.start(), match.end(), kept, weight=0.7, extractor=self.name)
