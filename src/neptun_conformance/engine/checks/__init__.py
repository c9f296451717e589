"""The checks as values: found, selected by clause, and handed what they judge."""
