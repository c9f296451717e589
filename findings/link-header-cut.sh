#!/usr/bin/env bash
# requests and httpx cut the target of a link at a semicolon, and do not find the next page of rel="next last".
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm
python_packages requests==2.34.2 httpx==0.28.1
node_packages http-link-header@1.1.4 parse-link-header@2.0.0
cat >links.json <<'END'
[
  "</files?page=2>; rel=\"next\"",
  "</files;page=2>; rel=\"next\"",
  "</files?page=2>; rel=\"next last\"",
  "</files?page=2>; title=\"files; more\"; rel=\"next\"",
  "</files?page=2>; Rel=\"next\"",
  "</files?page=2>; rel = \"next\""
]
END
cat >read.py <<'END'
import json
import httpx, requests

with open("links.json") as file:
    for field in json.load(file):
        by_requests = requests.Response()
        by_requests.headers["Link"] = field
        for name, links in ("requests", by_requests.links), ("httpx", httpx.Response(200, headers={"Link": field}).links):
            print(f"{name}, {field}:", links.get("next", {}).get("url", "no next"))
END
cat >read.mjs <<'END'
import fs from "node:fs";
import LinkHeader from "http-link-header";
import parse from "parse-link-header";
for (const field of JSON.parse(fs.readFileSync("links.json", "utf8"))) {
  console.log(`http-link-header, ${field}: ${LinkHeader.parse(field).rel("next")[0]?.uri ?? "no next"}`);
  console.log(`parse-link-header, ${field}: ${parse(field)?.next?.url ?? "no next"}`);
}
END
observe venv/bin/python read.py
observe node read.mjs
conclude "requests 2.34.2, httpx 0.28.1, parse-link-header 2.0.0; beside them http-link-header 1.1.4 on Node $(node --version)" \
    'RFC 8288, 3: the target is what stands between < and > (RFC 3986, 3.3: with semicolons as it likes), a parameter may
be a quoted string, its name is in any case, with white space around "="; 3.3: rel has one relation or more.
Each finds /files?page=2, or /files;page=2.' \
    'requests, </files?page=2>; rel="next": /files?page=2
httpx, </files?page=2>; rel="next": /files?page=2
requests, </files;page=2>; rel="next": /files
httpx, </files;page=2>; rel="next": /files
requests, </files?page=2>; rel="next last": no next
httpx, </files?page=2>; rel="next last": no next
requests, </files?page=2>; title="files; more"; rel="next": no next
httpx, </files?page=2>; title="files; more"; rel="next": no next
requests, </files?page=2>; Rel="next": no next
httpx, </files?page=2>; Rel="next": no next
requests, </files?page=2>; rel = "next": /files?page=2
httpx, </files?page=2>; rel = "next": /files?page=2
http-link-header, </files?page=2>; rel="next": /files?page=2
parse-link-header, </files?page=2>; rel="next": /files?page=2
http-link-header, </files;page=2>; rel="next": /files;page=2
parse-link-header, </files;page=2>; rel="next": /files;page=2
http-link-header, </files?page=2>; rel="next last": /files?page=2
parse-link-header, </files?page=2>; rel="next last": /files?page=2
http-link-header, </files?page=2>; title="files; more"; rel="next": /files?page=2
parse-link-header, </files?page=2>; title="files; more"; rel="next": /files?page=2
http-link-header, </files?page=2>; Rel="next": /files?page=2
parse-link-header, </files?page=2>; Rel="next": no next
http-link-header, </files?page=2>; rel = "next": /files?page=2
parse-link-header, </files?page=2>; rel = "next": no next'
