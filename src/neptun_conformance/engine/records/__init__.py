"""What a result says of answers, findings and their causes."""
