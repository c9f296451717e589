// node seal.mjs USER_ID ENDS: print the session of a user, which ends at a second of Unix time.
import { randomUUID } from "node:crypto";
import { sealSession } from "h3";
import { session } from "./session.mjs";

const [id, ends] = process.argv.slice(2);
const createdAt = Math.min(Date.now(), (ends - (session.maxAge ?? 0)) * 1000);
const sessions = { [session.name]: { id: randomUUID(), createdAt, data: { user: { id } } } };
console.log(await sealSession({ context: { sessions } }, session));
