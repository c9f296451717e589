import { STATUS_CODES } from "node:http";
import cookieParser from "cookie-parser";
import express from "express";
import { filesOf } from "./chats.js";
import { userOf } from "./sessions.js";

class HttpError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const requireSession = async (req, res, next) => {
  req.userId = await userOf(req.cookies["neptun-session"]);
  if (!req.userId) throw new HttpError(401, "No valid session");
  next();
};

const app = express();
app.disable("x-powered-by");
app.use(cookieParser());

app.get("/api/users/:userId/chats/:chatId/files", requireSession, async (req, res) => {
  const files = await filesOf(req.params.userId, req.userId, req.params.chatId);
  if (!files) throw new HttpError(404, "Chat not found");
  res.json({ chatFiles: files });
});

app.use((req, res, next) => next(new HttpError(404, "Page not found")));

app.use((error, req, res, next) => {
  const statusCode = error.status ?? 500;
  const message = statusCode < 500 ? error.message : "Server error";
  res.status(statusCode).json({ statusCode, statusMessage: STATUS_CODES[statusCode], data: { message } });
});

app.listen(process.env.PORT, "127.0.0.1");
