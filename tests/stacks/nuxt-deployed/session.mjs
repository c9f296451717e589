// Without maxAge a session never ends, and h3 takes it from a request header, too.
export const session = {
  name: "neptun-session",
  password: process.env.NUXT_SESSION_PASSWORD ?? "for trials only: thirty-two characters or more",
};
