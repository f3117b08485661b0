"""Claims to records: fields with winning and losing values, timelines, narratives, profiles; one exporter a file."""
