import "reflect-metadata";
import { Module } from "@nestjs/common";
import { APP_FILTER, NestFactory } from "@nestjs/core";
import cookieParser from "cookie-parser";
import { ChatFilesController } from "./chat-files.controller.js";
import { ProblemFilter } from "./problem.filter.js";
import { Store } from "./store.js";

@Module({
  controllers: [ChatFilesController],
  providers: [Store, { provide: APP_FILTER, useClass: ProblemFilter }],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
app.use(cookieParser());
await app.listen(Number(process.env.PORT), "127.0.0.1");
