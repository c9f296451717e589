import { cookies } from "next/headers";
import { findSession } from "./data";

// The id of the user whose valid session came with the request, or undefined.
export async function currentUser(): Promise<string | undefined> {
  const cookie = (await cookies()).get("neptun-session");
  const session = cookie && findSession(cookie.value);
  return session && session.expiresAt > Date.now() / 1000 ? session.userId : undefined;
}
