import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

public class ChatFilesServer {
    record ChatFile(
            long id,
            @JsonProperty("chat_conversation_id") long chatConversationId,
            String name,
            long size,
            String type,
            @JsonProperty("created_at") String createdAt,
            String url) {}

    record Chat(long id, String userId, List<ChatFile> files) {}

    record Session(String userId, long expiresAt) {}

    record Data(Map<String, Session> sessions, List<Chat> chats) {}

    record ErrorData(String message) {}

    record Problem(int statusCode, String statusMessage, ErrorData data) {}

    record ChatFiles(List<ChatFile> chatFiles) {}

    private static final Pattern ROUTE = Pattern.compile("/api/users/([^/]+)/chats/([^/]+)/files");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Session> sessions;
    private final Map<Long, Chat> chats;

    ChatFilesServer(Data data) {
        sessions = data.sessions();
        chats = data.chats.stream().collect(Collectors.toMap(Chat::id, Function.identity()));
    }

    void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Matcher route = ROUTE.matcher(exchange.getRequestURI().getRawPath());
            if (!route.matches()) {
                fail(exchange, 404, "Not Found", "Page not found");
            } else if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                fail(exchange, 405, "Method Not Allowed", "Method not allowed");
            } else {
                find(exchange, decode(route.group(1)), decode(route.group(2)));
            }
        }
    }

    private void find(HttpExchange exchange, String userId, String chatId) throws IOException {
        String caller = caller(exchange);
        if (caller == null) {
            fail(exchange, 401, "Unauthorized", "No valid session");
            return;
        }
        List<ChatFile> files;
        try {
            files = filesOf(userId, caller, number(chatId));
        } catch (IOException problem) {
            fail(exchange, 500, "Internal Server Error", "Server error");
            return;
        }
        if (files == null) {
            fail(exchange, 404, "Not Found", "Chat not found");
            return;
        }
        reply(exchange, 200, new ChatFiles(files));
    }

    /** Returns null where the caller has no such chat under that user's id. */
    List<ChatFile> filesOf(String userId, String caller, long chatId) throws IOException {
        Chat chat = chats.get(chatId);
        boolean isOwn = chat != null && chat.userId().equals(userId) && caller.equals(userId);
        return isOwn ? chat.files() : null;
    }

    private String caller(HttpExchange exchange) {
        return exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
                .flatMap(line -> Arrays.stream(line.split(";")))
                .map(String::strip)
                .filter(pair -> pair.startsWith("neptun-session="))
                .map(pair -> sessions.get(pair.substring("neptun-session=".length())))
                .filter(session -> session != null && session.expiresAt() > Instant.now().getEpochSecond())
                .map(Session::userId)
                .findFirst()
                .orElse(null);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    private static String decode(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static void fail(HttpExchange exchange, int status, String phrase, String message) throws IOException {
        reply(exchange, status, new Problem(status, phrase, new ErrorData(message)));
    }

    private static void reply(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] json = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(json.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, json.length);
            exchange.getResponseBody().write(json);
        }
    }

    static Data data() throws IOException {
        return JSON.readValue(new File(System.getenv("DATA")), Data.class);
    }

    static void serve(ChatFilesServer files) throws IOException {
        int port = Integer.parseInt(System.getenv("PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", files::handle);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.start();
    }

    public static void main(String[] arguments) throws IOException {
        serve(new ChatFilesServer(data()));
    }
}
