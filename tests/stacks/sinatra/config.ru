require_relative "app"

run ChatFiles
