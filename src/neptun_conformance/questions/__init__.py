"""What the author of a check needs: who asks for what, in which voice, and the words for it."""
