import { Hono } from "hono";
import { getCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";

type Session = { userId: string; expiresAt: number };
type ChatFile = {
  id: number;
  chat_conversation_id: number;
  name: string;
  size: number;
  type: string;
  created_at: string;
  url: string;
};
type Chat = { id: number; userId: string; files: ChatFile[] };
export type Data = { sessions: Record<string, Session>; chats: Chat[] };

const phrases: Record<number, string> = { 401: "Unauthorized", 404: "Not Found", 500: "Internal Server Error" };
const problem = (statusCode: number, message: string) => ({
  statusCode,
  statusMessage: phrases[statusCode] ?? "Error",
  data: { message },
});

export const createApp = (data: Data) => {
  const sessions = new Map(Object.entries(data.sessions));
  const chats = new Map(data.chats.map((chat) => [chat.id, chat]));

  const requireSession = createMiddleware<{ Variables: { caller: string } }>(async (c, next) => {
    const session = sessions.get(getCookie(c, "neptun-session") ?? "");
    if (!session || session.expiresAt <= Date.now() / 1000) {
      throw new HTTPException(401, { message: "No valid session" });
    }
    c.set("caller", session.userId);
    await next();
  });

  return new Hono()
    .get("/api/users/:userId/chats/:chatId/files", requireSession, (c) => {
      const { userId, chatId } = c.req.param();
      const chat = chats.get(Number(chatId));
      if (chat?.userId !== userId || c.get("caller") !== userId) {
        throw new HTTPException(404, { message: "Chat not found" });
      }
      return c.json({ chatFiles: chat.files });
    })
    .notFound((c) => c.json(problem(404, "Page not found"), 404))
    .onError((error, c) => {
      const status: ContentfulStatusCode = error instanceof HTTPException ? error.status : 500;
      return c.json(problem(status, status < 500 ? error.message : "Server error"), status);
    });
};
