import { relations } from "drizzle-orm";
import { integer, pgTable, serial, text, timestamp } from "drizzle-orm/pg-core";

export const chats = pgTable("chat_conversations", {
  id: serial().primaryKey(),
  userId: text("user_id").notNull(),
});

export const files = pgTable("chat_conversation_files", {
  id: serial().primaryKey(),
  chat_conversation_id: integer()
    .notNull()
    .references(() => chats.id),
  title: text().notNull(),
  created_at: timestamp({ withTimezone: true }).notNull(),
});

export const chatsRelations = relations(chats, ({ many }) => ({ files: many(files) }));

export const filesRelations = relations(files, ({ one }) => ({
  chat: one(chats, { fields: [files.chat_conversation_id], references: [chats.id] }),
}));
