import { readFileSync } from "node:fs";
import { STATUS_CODES } from "node:http";
import { createServer } from "node:http2";

const data = JSON.parse(readFileSync(process.env.DATA, "utf8"));
const sessions = new Map(Object.entries(data.sessions));
const chats = new Map(data.chats.map((chat) => [chat.id, chat]));

const ROUTE = /^\/api\/users\/([^/]+)\/chats\/([^/]+)\/files$/;

class HttpError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const cookie = (header = "", name) =>
  header.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);

const decoded = (segment) => {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new HttpError(404, "Page not found");
  }
};

const files = (headers) => {
  const route = ROUTE.exec(headers[":path"].split("?")[0]);
  if (!route) throw new HttpError(404, "Page not found");
  const session = sessions.get(cookie(headers.cookie, "neptun-session"));
  if (!session || session.expiresAt <= Date.now() / 1000) {
    throw new HttpError(401, "No valid session");
  }
  const [userId, chatId] = route.slice(1).map(decoded);
  const chat = /^[1-9][0-9]*$/.test(chatId) && chats.get(Number(chatId));
  if (!chat || chat.userId !== userId || session.userId !== userId) {
    throw new HttpError(404, "Chat not found");
  }
  return { chatFiles: chat.files };
};

const answer = (headers) => {
  try {
    if (!["GET", "HEAD"].includes(headers[":method"])) throw new HttpError(405, "GET alone");
    return [200, files(headers)];
  } catch (error) {
    const statusCode = error.status ?? 500;
    const message = statusCode < 500 ? error.message : "Server error";
    return [statusCode, { statusCode, statusMessage: STATUS_CODES[statusCode], data: { message } }];
  }
};

const server = createServer();
server.on("stream", (stream, headers) => {
  const [status, body] = answer(headers);
  const fields = { ":status": status, "content-type": "application/json" };
  if (status === 405) fields.allow = "GET, HEAD";
  stream.on("error", () => {});
  stream.respond(fields, { endStream: headers[":method"] === "HEAD" });
  if (headers[":method"] !== "HEAD") stream.end(JSON.stringify(body));
});
server.listen(process.env.PORT, "127.0.0.1");
