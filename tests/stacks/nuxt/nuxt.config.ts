import { session } from "./session.mjs";

export default defineNuxtConfig({
  compatibilityDate: "2025-05-01",
  modules: ["nuxt-auth-utils"],
  nitro: { errorHandler: "~~/server/error.ts" },
  runtimeConfig: { session },
  telemetry: false,
});
