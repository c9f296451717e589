import { z } from "zod";

const ChatId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);

export default defineEventHandler(async (event) => {
  const { user } = await getUserSession(event);
  if (!user) {
    throw createError({ statusCode: 401, statusMessage: "Unauthorized", message: "No session" });
  }
  const userId = getRouterParam(event, "userId", { decode: true });
  const chatId = ChatId.safeParse(getRouterParam(event, "chatId", { decode: true }));
  const chat =
    userId === user.id && chatId.success
      ? await database.query.chats.findFirst({
          where: (chats, { and, eq }) => and(eq(chats.id, chatId.data), eq(chats.userId, user.id)),
          with: { files: true },
        })
      : undefined;
  if (!chat) {
    throw createError({ statusCode: 404, statusMessage: "Not Found", message: "Chat not found" });
  }
  return { chatFiles: chat.files };
});
