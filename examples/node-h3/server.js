// The chat files endpoint with h3: one route behind one session check.

import { STATUS_CODES } from "node:http";
import { H3, HTTPError, HTTPResponse, serve } from "h3";
import { filesOf, userOfSession } from "./data.js";

const ROUTE = "/api/users/:user/chats/:chat/files";
const ALLOW = "GET, HEAD, OPTIONS";
// Read from the raw header, because h3's cookie helpers undo percent-encoding.
const SESSION_COOKIE = /(?:^|;)[ \t]*neptun-session=([^;]*)/;

const MESSAGES = {
  401: "Please sign in",
  404: "Chat not found",
  405: "Files can only be read",
  500: "The server failed to answer",
};

const app = new H3({
  // A path that cannot be decoded names nothing; it still asks for a session first.
  allowMalformedURL: true,
  onError: errorResponse,
});

app.use(requireSession);
app.get(ROUTE, listFiles);
app.head(ROUTE, listFiles); // else HEAD would fall to the last route: h3 prefers it to GET
app.options(ROUTE, () => new HTTPResponse(null, { status: 204, headers: { allow: ALLOW } }));
app.all(ROUTE, () => {
  throw new HTTPError({ status: 405, headers: { allow: ALLOW } });
});

serve(app, { hostname: "127.0.0.1", port: process.env.PORT ?? 3000 });

function requireSession(event) {
  const value = SESSION_COOKIE.exec(event.req.headers.get("cookie") ?? "")?.[1];
  event.context.user = userOfSession(value);
  if (event.context.user === undefined) throw new HTTPError({ status: 401 });
}

function listFiles(event) {
  const { user, chat } = event.context.params;
  // A foreign chat, a missing one and a foreign user are all the same: not found.
  const files = decoded(user) === event.context.user ? filesOf(event.context.user, chat) : undefined;
  if (files === undefined) throw new HTTPError({ status: 404 });
  event.res.headers.set("cache-control", "private, no-store");
  return { chatFiles: files };
}

/** A path segment without its percent-encoding, `%2F` included; undefined where it is broken. */
function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** Every error in the endpoint's own shape, which is not the one h3 gives by itself. */
function errorResponse({ status, headers }) {
  const body = {
    statusCode: status,
    statusMessage: STATUS_CODES[status],
    data: { message: MESSAGES[status] ?? STATUS_CODES[status] },
  };
  return Response.json(body, { status, headers });
}
