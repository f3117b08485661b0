"""The records: documents, claims, judgements, entities, published records. Frozen, without I/O; ids come from content."""
