"""The pages, one kind a file; each file has a `router`."""
