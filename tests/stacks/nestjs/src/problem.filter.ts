import { STATUS_CODES } from "node:http";
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from "@nestjs/common";

@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost) {
    const statusCode = error instanceof HttpException ? error.getStatus() : 500;
    const message = error instanceof HttpException ? error.message : "Server error";
    host
      .switchToHttp()
      .getResponse()
      .status(statusCode)
      .json({ statusCode, statusMessage: STATUS_CODES[statusCode], data: { message } });
  }
}
