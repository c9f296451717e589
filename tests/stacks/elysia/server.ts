import { STATUS_CODES } from "node:http";
import { Elysia } from "elysia";

const data = await Bun.file(process.env.DATA!).json();
const sessions = new Map<string, { userId: string; expiresAt: number }>(Object.entries(data.sessions));
const chats = new Map<number, { userId: string; files: unknown[] }>(
  data.chats.map((chat) => [chat.id, chat]),
);

class HttpError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

const fail = (statusCode: number, message: string) =>
  Response.json(
    { statusCode, statusMessage: STATUS_CODES[statusCode], data: { message } },
    { status: statusCode },
  );

new Elysia()
  .error({ HttpError })
  .onError(({ code, error }) => {
    if (code === "HttpError") return fail(error.status, error.message);
    if (code === "NOT_FOUND") return fail(404, "Page not found");
    return fail(500, "Server error");
  })
  .derive(({ cookie }) => {
    const session = sessions.get(String(cookie["neptun-session"].value));
    return { caller: session && session.expiresAt > Date.now() / 1000 ? session.userId : undefined };
  })
  .get("/api/users/:userId/chats/:chatId/files", ({ caller, params: { userId, chatId } }) => {
    if (!caller) throw new HttpError(401, "No valid session");
    const chat = chats.get(Number(chatId));
    if (chat?.userId !== userId || caller !== userId) throw new HttpError(404, "Chat not found");
    return { chatFiles: chat.files };
  })
  .listen({ port: process.env.PORT, hostname: "127.0.0.1" });
