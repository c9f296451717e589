"""The proof that the checks find what is wrong, and leave in peace what is not."""
