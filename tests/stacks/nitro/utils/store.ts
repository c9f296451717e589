import { readFileSync } from "node:fs";

interface ChatFile {
  id: number;
  chat_conversation_id: number;
  name: string;
  size: number;
  type: string;
  created_at: string;
  url: string;
}

interface Chat {
  id: number;
  userId: string;
  files: ChatFile[];
}

const data: { chats: Chat[] } = JSON.parse(readFileSync(process.env.DATA!, "utf8"));

export const chats = new Map(data.chats.map((chat) => [chat.id, chat]));
