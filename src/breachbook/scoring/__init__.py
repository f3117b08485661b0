"""How well a reader reads: report records against labels, in precision, recall and F1 a field.

Works on report records (docs/scoring.md) and texts alone; knows neither the readers nor the store.
"""
