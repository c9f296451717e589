-module(chat_files).
-export([main/0]).

main() ->
    {ok, Text} = file:read_file(os:getenv("DATA")),
    #{<<"sessions">> := Sessions, <<"chats">> := Chats} = jiffy:decode(Text, [return_maps]),
    ById = maps:from_list([{Id, Chat} || #{<<"id">> := Id} = Chat <- Chats]),
    {ok, _} = mochiweb_http:start_link([
        {name, ?MODULE},
        {ip, {127, 0, 0, 1}},
        {port, list_to_integer(os:getenv("PORT"))},
        {loop, fun(Request) -> handle(Request, Sessions, ById) end}
    ]),
    receive stop -> ok end.

handle(Request, Sessions, Chats) ->
    {RawPath, _, _} = mochiweb_util:urlsplit_path(mochiweb_request:get(raw_path, Request)),
    case {mochiweb_request:get(method, Request), string:split(RawPath, "/", all)} of
        {Method, ["", "api", "users", User, "chats", Chat, "files"]} when
            Method =:= 'GET'; Method =:= 'HEAD'
        ->
            Caller = caller(mochiweb_request:get_cookie_value("neptun-session", Request), Sessions),
            {Status, Body} = files(Caller, unquote(User), number(unquote(Chat)), Chats),
            reply(Request, Status, [], Body);
        {_, ["", "api", "users", _, "chats", _, "files"]} ->
            reply(Request, 405, [{"Allow", "GET, HEAD"}], problem(405, <<"Method not allowed">>));
        _ ->
            reply(Request, 404, [], problem(404, <<"Page not found">>))
    end.

files(none, _, _, _) ->
    {401, problem(401, <<"No valid session">>)};
files(Caller, User, ChatId, Chats) ->
    case Chats of
        #{ChatId := #{<<"userId">> := User, <<"files">> := Files}} when Caller =:= User ->
            {200, #{chatFiles => Files}};
        _ ->
            {404, problem(404, <<"Chat not found">>)}
    end.

caller(undefined, _) ->
    none;
caller(Value, Sessions) ->
    Now = erlang:system_time(second),
    case maps:find(list_to_binary(Value), Sessions) of
        {ok, #{<<"userId">> := User, <<"expiresAt">> := Ends}} when Ends > Now -> User;
        _ -> none
    end.

unquote(Text) ->
    list_to_binary(mochiweb_util:unquote(Text)).

number(Text) ->
    try binary_to_integer(Text) catch error:badarg -> none end.

problem(Status, Message) ->
    Phrase = list_to_binary(httpd_util:reason_phrase(Status)),
    #{statusCode => Status, statusMessage => Phrase, data => #{message => Message}}.

reply(Request, Status, Headers, Body) ->
    Json = iolist_to_binary(jiffy:encode(Body)),
    mochiweb_request:respond({Status, [{"Content-Type", "application/json"} | Headers], Json}, Request).
