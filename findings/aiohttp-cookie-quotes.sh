#!/usr/bin/env bash
# aiohttp's cookie jar puts a sealed session into quotes; who reads the cookie may keep them.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm
python_packages aiohttp==3.14.5
node_packages fastify@5.12.8 @fastify/cookie@11.1.5 cookie@0.7.2
cat >server.mjs <<'END'
import cookies from "@fastify/cookie";
import { parse } from "cookie";
import fastify from "fastify";
const session = "Fe26.2*1*ab==*cd";
const verdict = (value) => (value === session ? "the session" : "another");
const app = fastify();
await app.register(cookies);
app.get("/log-in", (_, reply) => reply.header("Set-Cookie", `session=${session}; Path=/`).send("in"));
app.get("/files", ({ headers, cookies }) =>
  `${headers.cookie}: @fastify/cookie reads ${verdict(cookies.session)}, cookie ${verdict(parse(headers.cookie).session)}`);
await app.listen({ port: +process.argv[2], host: "127.0.0.1" });
END
cat >ask.py <<'END'
import asyncio, sys
import aiohttp

async def main():
    url = f"http://127.0.0.1:{sys.argv[1]}"
    for label, options in (("default", {}), ("quote_cookie=False", {"quote_cookie": False})):
        jar = aiohttp.CookieJar(unsafe=True, **options)  # unsafe: takes cookies of an address
        async with aiohttp.ClientSession(cookie_jar=jar) as session:
            await (await session.get(f"{url}/log-in")).read()
            print(f"{label}:", await (await session.get(f"{url}/files")).text())

asyncio.run(main())
END
port=$(free_port)
serve "$port" node server.mjs "$port"
observe venv/bin/python ask.py "$port"
conclude "aiohttp 3.14.5; readers: @fastify/cookie 11.1.5, and cookie 0.7.2 (of Express) on Node $(node --version)" \
    'RFC 6265, 4.1.1: "=" and "*" are ordinary in a cookie value; 5.4: the client sends the value
that it has stored. So the session comes back octet for octet.' \
    'default: session="Fe26.2*1*ab==*cd": @fastify/cookie reads another, cookie the session
quote_cookie=False: session=Fe26.2*1*ab==*cd: @fastify/cookie reads the session, cookie the session'
