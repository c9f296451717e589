#!/usr/bin/env bash
# Express, Fastify and Sanic read a date of the asctime form in the time zone of their machine.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm
python_packages sanic==25.12.1 flask==3.1.3
node_packages express@5.3.0 fastify@5.12.8 @fastify/static@10.1.11
mkdir public
echo 'a page' >public/page.txt
touch -d '2024-03-20 10:00:00 UTC' public/page.txt
cat >by_sanic.py <<'END'
import os, sys
from sanic import Sanic

app = Sanic("asctime")
app.static("/", os.path.abspath("public"))
if __name__ == "__main__":
    app.run("127.0.0.1", int(sys.argv[1]), single_process=True)
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
cat >by_fastify.mjs <<'END'
import path from "node:path";
import fastify from "fastify";
import files from "@fastify/static";
const app = fastify();
app.register(files, { root: path.resolve("public") });
app.listen({ port: +process.argv[2], host: "127.0.0.1" });
END
cat >ask.py <<'END'
import sys, urllib.error, urllib.request

def status(date):
    request = urllib.request.Request(f"http://127.0.0.1:{sys.argv[2]}/page.txt", headers={"If-Modified-Since": date})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as answer:
        return answer.code

# one hour before the file's last change, and one after it
print(sys.argv[1], *(status(f"Wed Mar 20 {hour}:00:00 2024") for hour in ("09", "11")))
END
for zone in UTC America/New_York Asia/Tokyo; do
    for name in express fastify; do
        port=$(free_port)
        serve "$port" env TZ="$zone" node "by_$name.mjs" "$port"
        observe venv/bin/python ask.py "$name, $zone:" "$port"
    done
    for name in sanic flask; do
        port=$(free_port)
        serve "$port" env TZ="$zone" venv/bin/python "by_$name.py" "$port"
        observe venv/bin/python ask.py "$name, $zone:" "$port"
    done
done
conclude "Express 5.3.0, Fastify 5.12.8 with @fastify/static 10.1.11 on Node $(node --version), Sanic 25.12.1; beside them Flask 3.1.3" \
    'RFC 9110, 5.6.7: the three forms of an HTTP date, asctime among them, are all in UTC. A file of
10:00:00 UTC is sent to who has that of 09:00:00 (200), and not to who has it of 11:00:00 (304).' \
    'express, UTC: 200 304
fastify, UTC: 200 304
sanic, UTC: 200 304
flask, UTC: 200 304
express, America/New_York: 304 304
fastify, America/New_York: 304 304
sanic, America/New_York: 304 304
flask, America/New_York: 200 304
express, Asia/Tokyo: 200 200
fastify, Asia/Tokyo: 200 200
sanic, Asia/Tokyo: 200 200
flask, Asia/Tokyo: 200 304'
