import { STATUS_CODES } from "node:http";
import { NextResponse } from "next/server";
import { findChat } from "@/lib/data";
import { currentUser } from "@/lib/session";

const fail = (status: number, message: string) =>
  NextResponse.json(
    { statusCode: status, statusMessage: STATUS_CODES[status], data: { message } },
    { status },
  );

export async function GET(
  request: Request,
  { params }: RouteContext<"/api/users/[userId]/chats/[chatId]/files">,
) {
  const caller = await currentUser();
  if (!caller) return fail(401, "No valid session");
  const { userId, chatId } = await params;
  const chat = findChat(Number(chatId));
  if (chat?.userId !== userId || caller !== userId) return fail(404, "Chat not found");
  return NextResponse.json({ chatFiles: chat.files });
}
