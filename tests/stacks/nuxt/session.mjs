export const session = {
  name: "neptun-session",
  password: process.env.NUXT_SESSION_PASSWORD ?? "for trials only: thirty-two characters or more",
  maxAge: 7 * 24 * 60 * 60,
  sessionHeader: false, // a session is taken from its cookie alone
};
