"""The one result of a run: its records, the verdict, baselines and comparisons."""
