"""The commented target file that `init` writes: valid as it is, every key shown and explained."""

from __future__ import annotations

TEMPLATE = """\
# Target of neptun-conformance. Everything but base_url is optional;
# what is left out leaves the clauses that need it not tested.
# Each value may also come from the environment (NEPTUN_OWNER__SESSION, …),
# and ${NAME} stands for a variable; keep secrets out of this file that way.

# Where the API is, with the prefix path that comes before /api, if any.
base_url: http://localhost:3000

# The version of HTTP: 1.1, 2, 2-prior-knowledge (HTTP/2 over http://), or auto.
#http: auto

# Sent with every request to the target, and treated as secret.
#headers:
#  x-protection-bypass: "${BYPASS}"

# A user with a valid session, a chat that has files and one that has none.
# Listing all files of the chat makes completeness testable.
#owner:
#  user_id: "alice"
#  session: "${OWNER_SESSION}"      # or {command: "./login.sh owner"}
#  chat_with_files:
#    id: 123
#    files:
#      - {id: 1, name: document.pdf, size: 1024, type: application/pdf}
#  empty_chat:
#    id: 124

# Another user, who must see nothing of the owner's.
#stranger:
#  user_id: "bob"
#  session: "${STRANGER_SESSION}"
#  chat_with_files:
#    id: 200
#  empty_chat:
#    id: 201

# Who and what does not exist. By default a user like the owner's, and a high number.
#missing:
#  user_id: "nobody-here"
#  chat_id: 987654

# A session that was valid once; none where none can be had.
#expired_session: "${EXPIRED_SESSION}"
"""
