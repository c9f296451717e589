// Demo data, kept in memory: who exists, which sessions are open, who owns which chat.

const FAR_FUTURE = "2099-01-01T00:00:00Z";
const LONG_AGO = "2020-01-01T00:00:00Z";

/** Session value, exactly as the cookie carries it, to whom it belongs and until when. */
const sessions = new Map([
  ["W_K8sU8VOnXI_fGr5fSbj9bV5llnzyHKbrEn_1kWb1A6", { user: "alice", expires: FAR_FUTURE }],
  ["bwTRNdJz79iGzly4IHfuoLuxOhM9N7jsmeWZvLaU0-eh", { user: "bob", expires: FAR_FUTURE }],
  // Cookie values are opaque: percent signs, stars and slashes stay as they are.
  ["s%3ALCX0ZTwLqq8sGiS76rDHwBoaGOATFF3F2H0l**rckd3D%2Bc/G=", { user: "ann a+b@example.com/ü", expires: FAR_FUTURE }],
  ["xIYKI8xYUQjBvij_LaNewjzteSG9RIYZLpfb6t0yl44g", { user: "alice", expires: LONG_AGO }],
]);

/**
 * User id → chat number, as it is written in a path → files.
 * Text keys leave one spelling for each number: `042`, `42.0` and `4.2e1` name no chat.
 */
const chatsByUser = new Map([
  ["alice", chats({
    42: [
      file(1, 42, "minutes.pdf", 48_213, "application/pdf", "2024-05-02T08:15:00Z"),
      file(2, 42, "Übersicht 2024.csv", 1_980, "text/csv", "2024-05-02T08:16:30.250Z"),
      file(3, 42, "写真.png", 734_002, "image/png", "2024-05-03T17:40:00Z"),
      file(4, 42, "empty.txt", 0, "text/plain", "2024-05-04T09:00:00Z"),
    ],
    43: [],
  })],
  ["bob", chats({
    51: [
      file(5, 51, "plan.md", 5_120, "text/markdown", "2024-06-11T12:00:00Z"),
      file(6, 51, "café ☕.json", 312, "application/json", "2024-06-11T12:05:00Z"),
    ],
    52: [],
  })],
  ["ann a+b@example.com/ü", chats({
    // 2^32 + 42: chat numbers do not end at 32 bits.
    4294967338: [
      file(7, 4294967338, "отчёт.docx", 20_480, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "2024-07-01T06:30:00Z"),
      file(8, 4294967338, "naïve \"quotes\".txt", 64, "text/plain", "2024-07-01T06:31:00Z"),
      file(9, 4294967338, "film.mp4", 5_368_709_120, "video/mp4", "2024-07-02T21:00:00Z"),
    ],
    4294967339: [],
  })],
]);

function chats(filesByChat) {
  return new Map(Object.entries(filesByChat));
}

function file(id, chat, name, size, type, createdAt) {
  return {
    id,
    chat_conversation_id: chat,
    name,
    size,
    type,
    created_at: createdAt,
    url: `https://files.example.com/${id}/${encodeURIComponent(name)}`,
  };
}

/** The user whose open session has this value; undefined where there is none. */
export function userOfSession(value) {
  const session = sessions.get(value);
  return session && Date.parse(session.expires) > Date.now() ? session.user : undefined;
}

/** The files of one of this user's own chats; undefined where the user has no such chat. */
export function filesOf(user, chat) {
  return chatsByUser.get(user)?.get(chat);
}
