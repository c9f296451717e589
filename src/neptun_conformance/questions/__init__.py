"""What is asked: who asks for what, in which voice, and by which spelling of an id."""
