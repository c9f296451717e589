#!/usr/bin/env bash
# Bottle and h3 answer 304 to a tag of another version, since the date beside it has not changed.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm
python_packages bottle==0.13.4 flask==3.1.3
node_packages h3@1.15.11 express@5.3.0
mkdir public
echo 'first version' >public/page.txt
touch -d '2024-03-20 10:00:00 UTC' public/page.txt
cat >by_bottle.py <<'END'
import sys
import bottle

bottle.route("/page.txt")(lambda: bottle.static_file("page.txt", root="public"))
bottle.run(host="127.0.0.1", port=int(sys.argv[1]), quiet=True)
END
cat >by_flask.py <<'END'
import sys
import flask

flask.Flask("by_flask", static_folder="public", static_url_path="/").run("127.0.0.1", int(sys.argv[1]))
END
cat >by_express.mjs <<'END'
import express from "express";
express().use(express.static("public")).listen(+process.argv[2], "127.0.0.1");
END
cat >by_h3.mjs <<'END'
import fs from "node:fs/promises";
import http from "node:http";
import { createApp, eventHandler, serveStatic, toNodeListener } from "h3";
const app = createApp().use(
  eventHandler((event) =>
    serveStatic(event, {
      getContents: (id) => fs.readFile(`public${id}`),
      getMeta: async (id) => {
        const { size, mtimeMs } = await fs.stat(`public${id}`);
        return { size, mtime: mtimeMs, etag: `"${size}"` };
      },
    }),
  ),
);
http.createServer(toNodeListener(app)).listen(+process.argv[2], "127.0.0.1");
END
cat >ask.py <<'END'
import sys, urllib.error, urllib.request

def status(**headers):
    request = urllib.request.Request(
        f"http://127.0.0.1:{sys.argv[2]}/page.txt",
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as answer:
        return answer.code

DATE = "Wed, 20 Mar 2024 10:00:00 GMT"
print(sys.argv[1], status(If_None_Match='"another"'), status(If_None_Match='"another"', If_Modified_Since=DATE))
END
for name in bottle flask; do
    port=$(free_port)
    serve "$port" venv/bin/python "by_$name.py" "$port"
    observe venv/bin/python ask.py "$name" "$port"
done
for name in express h3; do
    port=$(free_port)
    serve "$port" node "by_$name.mjs" "$port"
    observe venv/bin/python ask.py "$name" "$port"
done
conclude "Bottle 0.13.4 (static_file), Flask 3.1.3, Express 5.3.0, h3 1.15.11 (serveStatic) on Node $(node --version)" \
    'RFC 9110, 13.1.3: If-Modified-Since must be ignored where If-None-Match is there. So a file of the
same second with another tag is sent: 200 without the date, 200 with it.' \
    'bottle 200 304
flask 200 200
express 200 200
h3 200 304'
