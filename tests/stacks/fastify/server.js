import { readFileSync } from "node:fs";
import { STATUS_CODES } from "node:http";
import cookie from "@fastify/cookie";
import Fastify from "fastify";

const data = JSON.parse(readFileSync(process.env.DATA, "utf8"));
const sessions = new Map(Object.entries(data.sessions));
const chats = new Map(data.chats.map((chat) => [chat.id, chat]));

const app = Fastify({ routerOptions: { maxParamLength: 1000 } });

const fail = (reply, statusCode, message) =>
  reply.code(statusCode).send({ statusCode, statusMessage: STATUS_CODES[statusCode], data: { message } });

app.setErrorHandler((error, request, reply) => {
  const status = error.statusCode ?? 500;
  return fail(reply, status, status < 500 ? error.message : "Server error");
});
app.setNotFoundHandler((request, reply) => fail(reply, 404, "Page not found"));

await app.register(cookie);

app.decorateRequest("userId", null);
const requireSession = async (request, reply) => {
  const session = sessions.get(request.cookies["neptun-session"]);
  if (!session || session.expiresAt <= Date.now() / 1000) {
    return fail(reply, 401, "No valid session");
  }
  request.userId = session.userId;
};

app.get("/api/users/:userId/chats/:chatId/files", { onRequest: requireSession }, async (request, reply) => {
  const { userId, chatId } = request.params;
  const chat = chats.get(Number(chatId));
  if (chat?.userId !== userId || request.userId !== userId) {
    return fail(reply, 404, "Chat not found");
  }
  return { chatFiles: chat.files };
});

await app.listen({ port: process.env.PORT, host: "127.0.0.1" });
