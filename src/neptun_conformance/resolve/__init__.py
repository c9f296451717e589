"""From a question and a target to a request, and to what is expected of its response."""
