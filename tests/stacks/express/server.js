import { readFileSync } from "node:fs";
import { STATUS_CODES } from "node:http";
import cookieParser from "cookie-parser";
import express from "express";

const data = JSON.parse(readFileSync(process.env.DATA, "utf8"));
const sessions = new Map(Object.entries(data.sessions));
const chats = new Map(data.chats.map((chat) => [chat.id, chat]));

class HttpError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const requireSession = (req, res, next) => {
  const session = sessions.get(req.cookies["neptun-session"]);
  if (!session || session.expiresAt <= Date.now() / 1000) {
    throw new HttpError(401, "No valid session");
  }
  req.userId = session.userId;
  next();
};

const app = express();
app.disable("x-powered-by");
app.use(cookieParser());

app.get("/api/users/:userId/chats/:chatId/files", requireSession, (req, res) => {
  const { userId, chatId } = req.params;
  const chat = chats.get(Number(chatId));
  if (!chat || chat.userId !== userId || req.userId !== userId) {
    throw new HttpError(404, "Chat not found");
  }
  res.json({ chatFiles: chat.files });
});

app.use((req, res, next) => next(new HttpError(404, "Page not found")));

app.use((error, req, res, next) => {
  const statusCode = error.status ?? 500;
  const message = statusCode < 500 ? error.message : "Server error";
  res.status(statusCode).json({ statusCode, statusMessage: STATUS_CODES[statusCode], data: { message } });
});

app.listen(process.env.PORT, "127.0.0.1");
