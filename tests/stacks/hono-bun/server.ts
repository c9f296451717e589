import { createApp } from "./app";

const data = await Bun.file(process.env.DATA!).json();

Bun.serve({ fetch: createApp(data).fetch, port: Number(process.env.PORT), hostname: "127.0.0.1" });
