"""A reader that asks a language model, and takes what it says for suggestions that its own rules check."""
