"""The checks that make up a target's score: situation, clause, verdict."""
