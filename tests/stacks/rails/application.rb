require "json"
require "rails"
require "action_controller/railtie"

DATA_FILE = JSON.parse(File.read(ENV.fetch("DATA")))
SESSIONS = DATA_FILE.fetch("sessions")
CHATS = DATA_FILE.fetch("chats").to_h { |chat| [chat["id"], chat] }

def error_body(status, message = Rack::Utils::HTTP_STATUS_CODES[status])
  phrase = Rack::Utils::HTTP_STATUS_CODES[status]
  { statusCode: status, statusMessage: phrase, data: { message: message } }
end

# No controller: it would read the parameters again that may be what is wrong.
ON_EXCEPTION = lambda do |env|
  status = env["PATH_INFO"].delete("/").to_i
  [status, { "Content-Type" => "application/json" }, [error_body(status).to_json]]
end

class ChatFiles < Rails::Application
  config.load_defaults 6.1
  config.api_only = true
  config.eager_load = true
  config.consider_all_requests_local = false
  config.secret_key_base = SecureRandom.hex(64)
  config.logger = Logger.new($stderr, level: :fatal)
  config.middleware.use ActionDispatch::Cookies
  config.exceptions_app = ON_EXCEPTION
  config.hosts.clear
end

class FilesController < ActionController::API
  include ActionController::Cookies

  before_action :require_session

  def index
    chat = CHATS[Integer(params[:chat_id], 10, exception: false)]
    own = chat && [chat["userId"], @caller].all?(params[:user_id])
    return refuse(404, "Chat not found") unless own

    render json: { chatFiles: chat["files"] }
  end

  private

  def require_session
    session = SESSIONS[cookies["neptun-session"]]
    return refuse(401, "No valid session") unless session && session["expiresAt"] > Time.now.to_i

    @caller = session["userId"]
  end

  def refuse(status, message)
    render json: error_body(status, message), status: status
  end
end

ChatFiles.initialize!

ChatFiles.routes.draw do
  get "/api/users/:user_id/chats/:chat_id/files", to: "files#index",
      constraints: { user_id: %r{[^/]+}, chat_id: %r{[^/]+} }, format: false
end
