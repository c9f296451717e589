local cjson = require "cjson"

local file = assert(io.open(os.getenv("DATA")))
local data = cjson.decode(file:read("*a"))
file:close()

local chats = {}
for _, chat in ipairs(data.chats) do
  chats[chat.id] = chat
end

local phrases = { [401] = "Unauthorized", [404] = "Not Found" }

local function reply(status, text)
  ngx.status = status
  ngx.header.content_type = "application/json"
  ngx.say(text)
  return ngx.exit(ngx.OK)
end

local function fail(status, message)
  local body = { statusCode = status, statusMessage = phrases[status], data = { message = message } }
  return reply(status, cjson.encode(body))
end

local function caller()
  local session = data.sessions[ngx.var["cookie_neptun-session"] or ""]
  return session and session.expiresAt > ngx.time() and session.userId
end

local function answer()
  local caller = caller()
  if not caller then
    return fail(401, "No valid session")
  end
  local path = ngx.var.request_uri:gsub("%?.*", "")
  local user_id, chat_id = path:match("^/api/users/([^/]+)/chats/(%d+)/files$")
  local chat = chats[tonumber(chat_id)]
  if not chat or chat.userId ~= ngx.unescape_uri(user_id) or caller ~= chat.userId then
    return fail(404, "Chat not found")
  end
  -- cjson takes an empty table for an object.
  return reply(200, '{"chatFiles":' .. (#chat.files > 0 and cjson.encode(chat.files) or "[]") .. "}")
end

return { answer = answer }
