"""Names the causes behind the findings of a run; pure, and without a say in the verdict."""
