defmodule ChatFiles do
  @moduledoc "The chat files endpoint as a module of `:inets`' web server."

  require Record

  Record.defrecord(:mod, Record.extract(:mod, from_lib: "inets/include/httpd.hrl"))

  def main do
    {:ok, _} = :application.ensure_all_started(:inets)
    %{"sessions" => sessions, "chats" => chats} = read(System.fetch_env!("DATA"))
    :persistent_term.put(__MODULE__, {sessions, Map.new(chats, &{&1["id"], &1})})

    {:ok, _} =
      :inets.start(:httpd,
        bind_address: {127, 0, 0, 1},
        port: String.to_integer(System.fetch_env!("PORT")),
        server_name: 'localhost',
        server_root: '.',
        document_root: '.',
        modules: [__MODULE__]
      )

    Process.sleep(:infinity)
  end

  @doc "What `:httpd` calls for each request."
  def unquote(:do)(mod(method: method, request_uri: uri, parsed_header: headers)) do
    path = uri |> to_string() |> String.split("?") |> hd()

    case {method, String.split(path, "/")} do
      {method, ["", "api", "users", user, "chats", chat, "files"]} when method in ['GET', 'HEAD'] ->
        {status, body} = files(caller(headers), URI.decode(user), URI.decode(chat))
        respond(method, status, body)

      {_, ["", "api", "users", _, "chats", _, "files"]} ->
        respond(method, 405, problem(405, "Method not allowed"))

      _ ->
        respond(method, 404, problem(404, "Page not found"))
    end
  end

  defp files(nil, _, _), do: {401, problem(401, "No valid session")}

  defp files(caller, user, chat_id) do
    {_, chats} = :persistent_term.get(__MODULE__)

    with ^caller <- user,
         {number, ""} <- Integer.parse(chat_id),
         %{"userId" => ^user, "files" => files} <- chats[number] do
      {200, %{chatFiles: files}}
    else
      _ -> {404, problem(404, "Chat not found")}
    end
  end

  defp caller(headers) do
    {sessions, _} = :persistent_term.get(__MODULE__)

    with {_, line} <- List.keyfind(headers, 'cookie', 0),
         cookies = for(pair <- String.split(to_string(line), ";"), do: String.trim(pair)),
         "neptun-session=" <> value <- Enum.find(cookies, &String.starts_with?(&1, "neptun-session=")),
         %{"userId" => user, "expiresAt" => ends} <- sessions[value],
         true <- ends > System.os_time(:second) do
      user
    else
      _ -> nil
    end
  end

  defp problem(status, message) do
    phrase = status |> :httpd_util.reason_phrase() |> to_string()
    %{statusCode: status, statusMessage: phrase, data: %{message: message}}
  end

  defp respond(method, status, body) do
    json = body |> :jiffy.encode() |> IO.iodata_to_binary()
    head = [code: status, content_type: 'application/json', content_length: '#{byte_size(json)}']
    content = if method == 'HEAD', do: [], else: :binary.bin_to_list(json)
    {:proceed, [response: {:response, head, content}]}
  end

  defp read(path), do: path |> File.read!() |> :jiffy.decode([:return_maps])
end
