"""What reads octets that others wrote, tried on arbitrary ones."""
