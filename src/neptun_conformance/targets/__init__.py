"""The target of a run: its file, the environment, the sessions."""
