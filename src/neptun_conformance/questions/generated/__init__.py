"""Generated questions: Hypothesis strategies of our own, and the cases of schemathesis.

A plain generated id is nobody's and so a 404. The strategies therefore start from the real ids and
sessions of the target: its chats, their neighbours, other spellings, altered sessions.
"""
