"""Programs of others read what the suite writes, and make code and a server of its contract."""
