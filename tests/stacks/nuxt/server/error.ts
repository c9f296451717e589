// Nuxt's own handler has no room for `data.message`, and fails where the Host header is no host.
export default defineNitroErrorHandler((error, event) => {
  const { statusCode = 500, statusMessage = "Server Error" } = error;
  const message = error.unhandled ? "Server error" : error.message;
  setResponseStatus(event, statusCode, statusMessage);
  return send(
    event,
    JSON.stringify({ statusCode, statusMessage, data: { message } }),
    "application/json",
  );
});
