import { z } from "zod";

const Parameters = z.object({ userId: z.string(), chatId: z.coerce.number().int().positive() });

export default defineEventHandler(async (event) => {
  const { user } = await requireUserSession(event);
  const { userId, chatId } = await getValidatedRouterParams(event, Parameters.parse, {
    decode: true,
  });
  const chat = await database.query.chats.findFirst({
    where: (chats, { eq }) => eq(chats.id, chatId),
    with: { files: true },
  });
  if (userId !== user.id || chat?.userId !== user.id) {
    throw createError({ statusCode: 401, statusMessage: "Unauthorized" });
  }
  return { chatFiles: chat.files };
});
