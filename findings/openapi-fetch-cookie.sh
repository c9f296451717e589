#!/usr/bin/env bash
# openapi-typescript makes a cookie parameter required; openapi-fetch takes it and does not send it.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm
node_packages openapi-typescript@7.13.0 openapi-fetch@0.17.0 typescript@5.9.3
cat >openapi.yaml <<'END'
openapi: 3.1.0
info: {title: Files, version: '1'}
paths:
  /files:
    get:
      parameters:
        - {name: session, in: cookie, required: true, schema: {type: string}}
        - {name: X-Trace, in: header, required: true, schema: {type: string}}
      responses: {'200': {description: files, content: {application/json: {schema: {type: object}}}}}
END
cat >with.mts <<'END'
import createClient from "openapi-fetch";
import type { paths } from "./api.js";
declare const process: { argv: string[] };
const client = createClient<paths>({ baseUrl: `http://127.0.0.1:${process.argv[2]}` });
const { data } = await client.GET("/files", {
  params: { cookie: { session: "abc" }, header: { "X-Trace": "1" } },
});
console.log(JSON.stringify(data));
END
sed 's/cookie: { session: "abc" }, //' with.mts >without.mts
cat >server.mjs <<'END'
import http from "node:http";
http
  .createServer((request, response) => {
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ cookie: request.headers.cookie ?? null, trace: request.headers["x-trace"] ?? null }));
  })
  .listen(+process.argv[2], "127.0.0.1");
END
echo '{"compilerOptions": {"strict": true, "module": "nodenext", "skipLibCheck": true, "types": []}}' >tsconfig.json
cat >compile.sh <<'END'
node node_modules/openapi-typescript/bin/cli.js openapi.yaml --output api.d.ts >/dev/null 2>&1
node node_modules/typescript/bin/tsc >errors.log
for name in with without; do
    echo "$name the cookie, errors of the compiler: $(grep -c "^$name.mts.*error TS" errors.log)"
done
END
observe bash compile.sh
port=$(free_port)
serve "$port" node server.mjs "$port"
observe node with.mjs "$port"
conclude "openapi-typescript 7.13.0, openapi-fetch 0.17.0, TypeScript 5.9.3 on Node $(node --version)" \
    'OpenAPI 3.1.0, Parameter Object: in: cookie passes a value by the Cookie field. What the types ask
for is sent, as the header parameter beside it is (in Node nothing forbids that field).' \
    'with the cookie, errors of the compiler: 0
without the cookie, errors of the compiler: 1
{"cookie":null,"trace":"1"}'
