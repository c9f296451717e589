require "json"
require "sinatra/base"

class ChatFiles < Sinatra::Base
  data = JSON.parse(File.read(ENV.fetch("DATA")))
  set :sessions_by_value, data["sessions"]
  set :chats, data["chats"].to_h { |chat| [chat["id"], chat] }
  set :show_exceptions, false

  before { content_type :json }

  def fail_with(status, message)
    phrase = Rack::Utils::HTTP_STATUS_CODES.fetch(status)
    halt status, { statusCode: status, statusMessage: phrase, data: { message: message } }.to_json
  end

  def caller_id
    session = settings.sessions_by_value[request.cookies["neptun-session"]]
    fail_with 401, "No valid session" unless session && session["expiresAt"] > Time.now.to_i
    session["userId"]
  end

  get "/api/users/:user_id/chats/:chat_id/files" do
    caller = caller_id
    chat = settings.chats[Integer(params[:chat_id], 10, exception: false)]
    unless chat && chat["userId"] == params[:user_id] && caller == chat["userId"]
      fail_with 404, "Chat not found"
    end
    { chatFiles: chat["files"] }.to_json
  end

  error(400) { fail_with 400, "Bad request" }
  not_found { fail_with 404, "Page not found" if response.body.join.empty? }
  error { fail_with 500, "Server error" }
end
