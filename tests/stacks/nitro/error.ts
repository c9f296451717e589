import { STATUS_CODES } from "node:http";
import { defineNitroErrorHandler } from "nitro/runtime";

// A path that cannot be decoded is the client's mistake.
const statusOf = (error) => (error.cause instanceof URIError ? 400 : error.status);

export default defineNitroErrorHandler((error) => {
  const statusCode = statusOf(error);
  const message = statusCode < 500 ? error.message : "Server error";
  return Response.json(
    { statusCode, statusMessage: STATUS_CODES[statusCode], data: { message } },
    { status: statusCode },
  );
});
