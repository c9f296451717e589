import { readFileSync } from "node:fs";

export interface ChatFile {
  id: number;
  chat_conversation_id: number;
  name: string;
  size: number;
  type: string;
  created_at: string;
  url: string;
}

export interface Chat {
  id: number;
  userId: string;
  files: ChatFile[];
}

export interface Session {
  userId: string;
  expiresAt: number;
}

interface Data {
  sessions: Record<string, Session>;
  chats: Chat[];
}

const data: Data = JSON.parse(readFileSync(process.env.DATA!, "utf8"));

export const sessions = new Map(Object.entries(data.sessions));
export const chats = new Map(data.chats.map((chat) => [chat.id, chat]));
