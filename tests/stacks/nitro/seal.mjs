// node seal.mjs USER_ID ENDS: print the session of a user, which ends at a second of Unix time.
import { H3Event, sealSession, updateSession } from "nitro/h3";
import { sessionConfig } from "./utils/session.mjs";

const [userId, ends] = process.argv.slice(2);
const event = new H3Event(new Request("http://localhost"));
const session = await updateSession(event, sessionConfig, { userId });
session.createdAt = Math.min(Date.now(), (ends - sessionConfig.maxAge) * 1000);
console.log(await sealSession(event, sessionConfig));
