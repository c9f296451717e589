"""Judging: an answer goes in, problems come out. Nothing here sends, waits or prints."""
