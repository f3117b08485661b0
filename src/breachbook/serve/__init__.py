"""Pages and API: each page is one record, as HTML or as JSON."""
