"""HTTP/2 (RFC 9113): one connection for many exchanges. Needs h2, which nothing else imports."""
