#!/usr/bin/env bash
# WebOb: a header given beside json_body takes the place of all others: JSON without type and length.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

python_packages webob==1.8.11 pyramid==2.1
cat >answer.py <<'END'
import pyramid.response, webob

def names(answer):
    return ", ".join(sorted(dict(answer.headers))) + f" ({len(answer.body)} octets)"

print("nothing beside it:", names(webob.Response(json_body={"files": []})))
print("cache_control:", names(webob.Response(json_body={"files": []}, cache_control="no-store")))
print("headers:", names(webob.Response(json_body={"files": []}, headers={"Cache-Control": "no-store"})))
print("headers, Pyramid:", names(pyramid.response.Response(json_body={"files": []}, headers={"Cache-Control": "no-store"})))
END
observe venv/bin/python answer.py
conclude 'WebOb 1.8.11, Pyramid 2.1' \
    'A header that is given is one more: Content-Type and Content-Length stay, as they do where
cache_control= sets the same header.' \
    'nothing beside it: Content-Length, Content-Type (12 octets)
cache_control: Cache-Control, Content-Length, Content-Type (12 octets)
headers: Cache-Control (12 octets)
headers, Pyramid: Cache-Control (12 octets)'
