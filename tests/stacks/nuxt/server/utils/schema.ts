import { relations } from "drizzle-orm";
import { bigint, pgTable, text, timestamp } from "drizzle-orm/pg-core";

export const chats = pgTable("chat_conversations", {
  id: bigint({ mode: "number" }).primaryKey(),
  userId: text("user_id").notNull(),
});

export const files = pgTable("chat_conversation_files", {
  id: bigint({ mode: "number" }).primaryKey(),
  chat_conversation_id: bigint({ mode: "number" })
    .notNull()
    .references(() => chats.id),
  name: text().notNull(),
  size: bigint({ mode: "number" }).notNull(),
  type: text().notNull(),
  created_at: timestamp({ withTimezone: true }).notNull(),
  url: text().notNull(),
});

export const chatsRelations = relations(chats, ({ many }) => ({ files: many(files) }));

export const filesRelations = relations(files, ({ one }) => ({
  chat: one(chats, { fields: [files.chat_conversation_id], references: [chats.id] }),
}));
