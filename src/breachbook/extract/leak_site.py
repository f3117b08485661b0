"""A listing on a leak site: the attacker names a victim (by name or domain) in a heading, often with little else."""

from __future__ import annotations

import re

from breachbook.extract.context import Context, Finding
from breachbook.extract.story import Actor, Incident, Mention, Organisation, Story

LONGEST_NAME = 120

_DOMAIN = re.compile(r"(?<![\w@.])((?:[\w-]{1,63}\[?\.\]?){1,4}[a-z]{2,12})(?![\w@])", re.IGNORECASE)
_NOISE = re.compile(
    r"\s*(?:[|•·»—–].*|\(?(?:full |part )?(?:leak(?:ed)?|published|data leak|new victim|hacked|files?|archive|update)s?\b.*|\.{3,}|…+)$",
    re.IGNORECASE,
)
_SITE = re.compile(r"(?:['’]s)?\s+(?:(?:data )?leak|shame|extortion|onion|dark ?web)?\s*(?:site|blog|page|portal)$", re.IGNORECASE)
"""What a publisher's name says beyond the group's."""
_LEAD = re.compile(r"^(?:new victim|victim|company|target|client|name)\s*[:\-–]\s*", re.IGNORECASE)


def listing(context: Context) -> Story:
    """The story that a leak site's post tells: one victim, named by the heading; the site's group as the attacker."""
    first = context.sentences[0]
    story = Story(Finding("relevant", True, first.start, first.end, "stated"))
    heading = context.text[first.start : min(first.end, first.start + LONGEST_NAME)]
    lead = _LEAD.match(heading)
    start = first.start + (lead.end() if lead else 0)
    rest = context.text[start : first.start + len(heading)]
    name = _NOISE.sub("", rest).rstrip(" .,;:-")
    incident = Incident()
    if name:
        victim = Organisation(name, start, start + len(name), mentions=(Mention(start, start + len(name), name),))
        domain = _DOMAIN.search(context.text, first.start, min(len(context.text), first.start + 2000))
        if domain:
            value = domain.group(1).replace("[", "").replace("]", "").lower().removeprefix("www.")
            victim.facts.append(Finding("domain", value, domain.start(1), domain.end(1)))
        story.organisations.append(victim)
        incident.victims.append(0)
    group = _SITE.sub("", context.document.publisher or "").strip()
    if group:
        at = context.text.lower().find(group.lower())
        span = (at, at + len(group)) if at >= 0 else (first.start, first.end)
        story.actors.append(Actor(group, (), [Finding("actor", group, *span)]))
        incident.actors.append(0)
    incident.own.append(Finding("claimed", True, first.start, first.end))
    story.incidents.append(incident)
    return story
