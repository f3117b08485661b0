"""Words to values: partial dates, money, counts, sizes, names, sentences, hedges and speakers. No I/O."""
