import { readFileSync } from "node:fs";

const data = JSON.parse(readFileSync(process.env.DATA, "utf8"));
const chats = new Map(data.chats.map((chat) => [chat.id, chat]));

// The files of a chat, or undefined where the caller has no such chat under that user's id.
export const filesOf = async (userId, caller, chatId) => {
  const chat = chats.get(Number(chatId));
  return chat?.userId === userId && caller === userId ? chat.files : undefined;
};
