import { createApp } from "./app.ts";

const data = JSON.parse(await Deno.readTextFile(Deno.env.get("DATA")!));

Deno.serve({ port: Number(Deno.env.get("PORT")), hostname: "127.0.0.1" }, createApp(data).fetch);
