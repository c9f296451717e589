import { pathToFileURL } from "node:url";
import { mockEvent, sealSession, updateSession } from "h3";

export const sessionConfig = {
  name: "neptun-session",
  password: process.env.SESSION_PASSWORD ?? "for trials only: thirty-two characters or more",
  maxAge: 7 * 24 * 60 * 60,
  sessionHeader: false, // a session is taken from its cookie alone
};

// node session.js USER_ID ENDS: print the session of a user, which ends at a second of Unix time.
if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [userId, ends] = process.argv.slice(2);
  const event = mockEvent("/");
  const session = await updateSession(event, sessionConfig, { userId });
  session.createdAt = Math.min(Date.now(), (ends - sessionConfig.maxAge) * 1000);
  console.log(await sealSession(event, sessionConfig));
}
