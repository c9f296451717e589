"""A conformant server of the endpoint, and the servers derived from it that prove the suite."""
