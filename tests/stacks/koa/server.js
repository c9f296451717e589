import { readFileSync } from "node:fs";
import { STATUS_CODES } from "node:http";
import Router from "@koa/router";
import Koa from "koa";

const data = JSON.parse(readFileSync(process.env.DATA, "utf8"));
const sessions = new Map(Object.entries(data.sessions));
const chats = new Map(data.chats.map((chat) => [chat.id, chat]));

const onError = async (ctx, next) => {
  try {
    await next();
    if (ctx.status === 404) ctx.throw(404, "Page not found");
  } catch (error) {
    const statusCode = error.status ?? 500;
    const message = error.expose ? error.message : "Server error";
    ctx.status = statusCode;
    ctx.body = { statusCode, statusMessage: STATUS_CODES[statusCode], data: { message } };
  }
};

const requireSession = async (ctx, next) => {
  const session = sessions.get(ctx.cookies.get("neptun-session"));
  if (!session || session.expiresAt <= Date.now() / 1000) ctx.throw(401, "No valid session");
  ctx.state.userId = session.userId;
  await next();
};

const router = new Router();
router.get("/api/users/:userId/chats/:chatId/files", requireSession, (ctx) => {
  const { userId, chatId } = ctx.params;
  const chat = chats.get(Number(chatId));
  if (chat?.userId !== userId || ctx.state.userId !== userId) ctx.throw(404, "Chat not found");
  ctx.body = { chatFiles: chat.files };
});

const app = new Koa();
app.use(onError).use(router.routes()).use(router.allowedMethods());
app.listen(process.env.PORT, "127.0.0.1");
