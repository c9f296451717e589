#!/bin/sh
# Remove the users of the profile on standard input.
set -eu

sed -n 's/.*"user_id": "\([^"]*\)".*/\1/p' | while read -r id; do
    rm -f "$USERS/$id.json"
done
