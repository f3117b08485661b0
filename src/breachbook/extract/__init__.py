"""A document to claims: one extractor a file, an explicit tuple of them, and the report record made from the claims."""
