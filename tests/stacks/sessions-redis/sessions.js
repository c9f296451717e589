import { readFileSync } from "node:fs";
import { createClient } from "redis";

const redis = await createClient({ socket: { path: process.env.REDIS_SOCKET } }).connect();

const data = JSON.parse(readFileSync(process.env.DATA, "utf8"));
for (const [value, { userId, expiresAt }] of Object.entries(data.sessions)) {
  await redis.set(`session:${value}`, userId);
  await redis.expireAt(`session:${value}`, expiresAt);
}

export const userOf = (value) => redis.get(`session:${value}`);
