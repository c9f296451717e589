import { Controller, Get, NotFoundException, Param, UseGuards } from "@nestjs/common";
import type { ChatFile } from "../data.js";
import { Caller, SessionGuard } from "./session.guard.js";
import { Store } from "./store.js";

@Controller("api/users/:userId/chats/:chatId/files")
@UseGuards(SessionGuard)
export class ChatFilesController {
  constructor(private readonly store: Store) {}

  @Get()
  find(
    @Param("userId") userId: string,
    @Param("chatId") chatId: string,
    @Caller() caller: string,
  ): { chatFiles: ChatFile[] } {
    const chat = this.store.chats.get(Number(chatId));
    if (chat?.userId !== userId || caller !== userId) {
      throw new NotFoundException("Chat not found");
    }
    return { chatFiles: chat.files };
  }
}
