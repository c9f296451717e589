import { readFileSync } from "node:fs";

const data = JSON.parse(readFileSync(process.env.DATA, "utf8"));
const sessions = new Map(Object.entries(data.sessions));

// The id of the user whose session it is, or undefined.
export const userOf = async (value) => {
  const session = sessions.get(value);
  return session?.expiresAt > Date.now() / 1000 ? session.userId : undefined;
};
