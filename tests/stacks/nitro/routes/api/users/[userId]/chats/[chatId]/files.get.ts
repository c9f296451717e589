import { defineHandler, getRouterParam, getSession, HTTPError } from "nitro/h3";
import { chats } from "../../../../../../data";
import { sessionConfig } from "../../../../../../utils/session.mjs";

export default defineHandler(async (event) => {
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
