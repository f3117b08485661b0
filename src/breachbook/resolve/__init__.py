"""Claims to entities: which mentions are the same organisation, actor, incident, campaign, and why."""
