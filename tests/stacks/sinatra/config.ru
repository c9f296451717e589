require_relative "app"

# No proxy is in front, and Rack 2 raises where the name that one would forward is empty.
class WithoutForwardedHost
  def initialize(app)
    @app = app
  end

  def call(env)
    env.delete "HTTP_X_FORWARDED_HOST"
    @app.call env
  end
end

use WithoutForwardedHost
run ChatFiles
