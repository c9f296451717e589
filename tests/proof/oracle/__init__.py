"""A second opinion on answers, written from the rules alone and sharing no code with the checks.

It knows nothing of questions, checks or runs: it is told in plain words who asked for what and is
given the octets that came back. What it says is compared with what the suite finds.
"""
