"""Runs the checks against one target, without pytest: from the target to the one result."""
