import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The chat files endpoint on the JDK's own HTTP server, with its demo data in memory. */
public final class ChatFiles {

    /** Matched against the path as it was sent, so that an encoded slash stays in its segment. */
    private static final Pattern ROUTE = Pattern.compile("/api/users/([^/]+)/chats/([^/]+)/files");

    private static final Pattern SESSION_COOKIE =
            Pattern.compile("(?:^|;)[ \\t]*neptun-session=([^;]*)");

    private static final String ALLOW = "GET, HEAD, OPTIONS";

    public static void main(String[] args) throws IOException {
        // Head and body of an answer leave in two packets; without this the second one waits.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
        server.setExecutor(Executors.newFixedThreadPool(16));
        server.createContext("/", ChatFiles::handle);
        server.start();
        System.out.println("Listening on http://127.0.0.1:" + server.getAddress().getPort());
    }

    // Requests and answers

    private static void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = answer(exchange);
            } catch (RuntimeException fault) {
                // The JDK's server would drop the connection; the trace is for our eyes only.
                fault.printStackTrace();
                answer = Answer.error(500, "Internal Server Error", "The server failed to answer");
            }
            send(exchange, answer);
        }
    }

    private static Answer answer(HttpExchange exchange) {
        Optional<String> user = signedIn(exchange);
        if (user.isEmpty()) {
            return Answer.error(401, "Unauthorized", "Please sign in");
        }
        Matcher route = ROUTE.matcher(exchange.getRequestURI().getRawPath());
        if (!route.matches()) {
            return Answer.notFound();
        }
        return switch (exchange.getRequestMethod()) {
            case "GET", "HEAD" -> files(user.get(), decoded(route.group(1)), decoded(route.group(2)));
            case "OPTIONS" -> new Answer(204, Map.of("Allow", ALLOW), "");
            default -> Answer.error(405, "Method Not Allowed", "Files can only be read")
                    .with("Allow", ALLOW);
        };
    }

    /** A foreign chat, a missing one and a foreign user are all the same: not found. */
    private static Answer files(String signedIn, String user, String chat) {
        List<ChatFile> files = user.equals(signedIn) ? CHATS.get(signedIn).get(chat) : null;
        if (files == null) {
            return Answer.notFound();
        }
        String items = files.stream().map(ChatFile::json).collect(Collectors.joining(","));
        return Answer.json(200, "{\"chatFiles\":[" + items + "]}")
                .with("Cache-Control", "private, no-store");
    }

    /** The user whose open session the cookie carries, compared character by character. */
    private static Optional<String> signedIn(HttpExchange exchange) {
        List<String> cookies = exchange.getRequestHeaders().getOrDefault("Cookie", List.of());
        Matcher cookie = SESSION_COOKIE.matcher(String.join("; ", cookies));
        return Optional.ofNullable(cookie.find() ? SESSIONS.get(cookie.group(1)) : null)
                .filter(session -> session.expires().isAfter(Instant.now()))
                .map(Session::user);
    }

    /** A path segment without its percent-encoding; a plus stays one, broken UTF-8 is replaced. */
    private static String decoded(String segment) {
        return URI.create("/" + segment).getPath().substring(1);
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
        }
        boolean bare = head || body.length == 0;
        exchange.sendResponseHeaders(answer.status(), bare ? -1 : body.length);
        if (!bare) {
            exchange.getResponseBody().write(body);
        }
    }

    private record Answer(int status, Map<String, String> headers, String body) {

        static Answer json(int status, String body) {
            return new Answer(status, Map.of("Content-Type", "application/json"), body);
        }

        static Answer notFound() {
            return error(404, "Not Found", "Chat not found");
        }

        static Answer error(int status, String reason, String message) {
            return json(status, "{\"statusCode\":%d,\"statusMessage\":%s,\"data\":{\"message\":%s}}"
                    .formatted(status, quoted(reason), quoted(message)));
        }

        Answer with(String name, String value) {
            return new Answer(status,
                    Map.of("Content-Type", "application/json", name, value), body);
        }
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    // Demo data

    private record Session(String user, Instant expires) {}

    private record ChatFile(long id, long chat, String name, long size, String type,
                            Instant createdAt) {

        String json() {
            return """
                    {"id":%d,"chat_conversation_id":%d,"name":%s,"size":%d,"type":%s,\
                    "created_at":%s,"url":%s}""".formatted(id, chat, quoted(name), size,
                    quoted(type), quoted(createdAt.toString()), quoted(url()));
        }

        private String url() {
            String segment = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
            return "https://files.example.com/" + id + "/" + segment;
        }
    }

    private static final String ANN = "ann a+b@example.com/ü";
    private static final Instant FAR_FUTURE = Instant.parse("2099-01-01T00:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    /** By the value of the cookie, exactly as it is sent. */
    private static final Map<String, Session> SESSIONS = Map.of(
            "W_K8sU8VOnXI_fGr5fSbj9bV5llnzyHKbrEn_1kWb1A6", new Session("alice", FAR_FUTURE),
            "bwTRNdJz79iGzly4IHfuoLuxOhM9N7jsmeWZvLaU0-eh", new Session("bob", FAR_FUTURE),
            "s%3ALCX0ZTwLqq8sGiS76rDHwBoaGOATFF3F2H0l**rckd3D%2Bc/G=", new Session(ANN, FAR_FUTURE),
            "xIYKI8xYUQjBvij_LaNewjzteSG9RIYZLpfb6t0yl44g", new Session("alice", LONG_AGO));

    /**
     * By user, then by the chat's number as a path writes it. Text leaves one spelling for each
     * number, of any length, and there is nothing to overflow.
     */
    private static final Map<String, Map<String, List<ChatFile>>> CHATS = Map.of(
            "alice", Map.of(
                    "42", List.of(
                            file(1, 42, "minutes.pdf", 48_213, "application/pdf",
                                    "2024-05-02T08:15:00Z"),
                            file(2, 42, "Übersicht 2024.csv", 1_980, "text/csv",
                                    "2024-05-02T08:16:30.250Z"),
                            file(3, 42, "写真.png", 734_002, "image/png", "2024-05-03T17:40:00Z"),
                            file(4, 42, "empty.txt", 0, "text/plain", "2024-05-04T09:00:00Z")),
                    "43", List.of()),
            "bob", Map.of(
                    "51", List.of(
                            file(5, 51, "plan.md", 5_120, "text/markdown", "2024-06-11T12:00:00Z"),
                            file(6, 51, "café ☕.json", 312, "application/json",
                                    "2024-06-11T12:05:00Z")),
                    "52", List.of()),
            ANN, Map.of(
                    "4294967338", List.of( // 2^32 + 42: chat numbers do not end at 32 bits
                            file(7, 4_294_967_338L, "отчёт.docx", 20_480,
                                    "application/vnd.openxmlformats-officedocument"
                                            + ".wordprocessingml.document",
                                    "2024-07-01T06:30:00Z"),
                            file(8, 4_294_967_338L, "naïve \"quotes\".txt", 64, "text/plain",
                                    "2024-07-01T06:31:00Z"),
                            file(9, 4_294_967_338L, "film.mp4", 5_368_709_120L, "video/mp4",
                                    "2024-07-02T21:00:00Z")),
                    "4294967339", List.of()));

    private static ChatFile file(long id, long chat, String name, long size, String type,
                                 String createdAt) {
        return new ChatFile(id, chat, name, size, type, Instant.parse(createdAt));
    }

    private ChatFiles() {}
}
