import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as schema from "./schema";

export const database = drizzle(postgres({ onnotice: () => {} }), { schema });
