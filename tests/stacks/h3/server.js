import { readFileSync } from "node:fs";
import { H3, HTTPError, getRouterParam, getSession, serve } from "h3";
import { sessionConfig } from "./session.js";

const data = JSON.parse(readFileSync(process.env.DATA, "utf8"));
const chats = new Map(data.chats.map((chat) => [chat.id, chat]));

const app = new H3({
  onError: (error) => {
    const { status, message } = error.unhandled ? { status: 500, message: "Server error" } : error;
    return Response.json(
      { statusCode: status, statusMessage: error.statusText ?? "", data: { message } },
      { status },
    );
  },
});

app.get("/api/users/:userId/chats/:chatId/files", async (event) => {
  const session = await getSession(event, sessionConfig);
  if (!session.data.userId) {
    throw new HTTPError({ status: 401, statusText: "Unauthorized", message: "No valid session" });
  }
  const userId = getRouterParam(event, "userId", { decode: true });
  const chat = chats.get(Number(getRouterParam(event, "chatId", { decode: true })));
  if (chat?.userId !== userId || session.data.userId !== userId) {
    throw new HTTPError({ status: 404, statusText: "Not Found", message: "Chat not found" });
  }
  return { chatFiles: chat.files };
});

serve(app, { port: process.env.PORT, hostname: "127.0.0.1", silent: true });
