import { Injectable } from "@nestjs/common";
import { chats, sessions } from "../data.js";

@Injectable()
export class Store {
  readonly sessions = sessions;
  readonly chats = chats;
}
