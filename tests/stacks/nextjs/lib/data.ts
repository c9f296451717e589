import { readFileSync } from "node:fs";

interface Chat {
  id: number;
  userId: string;
  files: { id: number; name: string; url: string }[];
}

interface Data {
  sessions: Record<string, { userId: string; expiresAt: number }>;
  chats: Chat[];
}

let loaded: Data | undefined;

// Read at the first request, since a build imports this module, too.
const data = (): Data => (loaded ??= JSON.parse(readFileSync(process.env.DATA!, "utf8")));

export const findChat = (id: number) => data().chats.find((chat) => chat.id === id);

export const findSession = (value: string) =>
  Object.hasOwn(data().sessions, value) ? data().sessions[value] : undefined;
