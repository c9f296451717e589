import { readFileSync } from "node:fs";
import { Injectable } from "@nestjs/common";

export interface ChatFile {
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

interface Session {
  userId: string;
  expiresAt: number;
}

@Injectable()
export class Store {
  readonly sessions: Map<string, Session>;
  readonly chats: Map<number, Chat>;

  constructor() {
    const data = JSON.parse(readFileSync(process.env.DATA!, "utf8"));
    this.sessions = new Map(Object.entries<Session>(data.sessions));
    this.chats = new Map(data.chats.map((chat: Chat) => [chat.id, chat]));
  }
}
