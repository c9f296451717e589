#!/bin/sh
# Make two users for this run and print them as a profile. Here a user is a file in $USERS.
set -eu

token() {
    od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

# make_user ROLE CHAT SESSION: with two chats, the second of them empty.
make_user() {
    files='[{"id": '$2', "name": "'$1'.txt", "size": 12, "type": "text/plain"}]'
    cat >"$USERS/run-$$-$1.json" <<JSON
{"user_id": "run-$$-$1", "session": "$3",
 "chat_with_files": {"id": $2, "files": $files}, "empty_chat": {"id": $(($2 + 1))}}
JSON
    cat "$USERS/run-$$-$1.json"
}

session=$(token)
owner=$(make_user owner $(($$ * 4 + 1)) "$session")
stranger=$(make_user stranger $(($$ * 4 + 3)) "$(token)")
printf '{"owner": %s, "stranger": %s, "expired_session": "old-%s"}\n' \
    "$owner" "$stranger" "$session"
