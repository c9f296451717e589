"""Measures what a run costs, beside a general tool and beside no judging at all."""
