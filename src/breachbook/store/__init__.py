"""The book on disk: schema and migrations, the only writer, the only reader, and the search index derived from it."""
