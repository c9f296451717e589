import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public class ChatFilesServlet extends HttpServlet {
    private static final Pattern ROUTE = Pattern.compile("/api/users/([^/]+)/chats/([^/]+)/files");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode sessions;
    private final transient Map<Long, JsonNode> chats = new HashMap<>();

    public ChatFilesServlet(JsonNode data) {
        sessions = data.get("sessions");
        data.get("chats").forEach(chat -> chats.put(chat.get("id").asLong(), chat));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Matcher route = ROUTE.matcher(request.getRequestURI());
        if (!route.matches()) {
            fail(response, 404, "Not Found", "Page not found");
            return;
        }
        String caller = caller(request);
        if (caller == null) {
            fail(response, 401, "Unauthorized", "No valid session");
            return;
        }
        String userId = decode(route.group(1));
        JsonNode chat = chats.get(number(decode(route.group(2))));
        if (chat == null || !chat.get("userId").asText().equals(userId) || !caller.equals(userId)) {
            fail(response, 404, "Not Found", "Chat not found");
            return;
        }
        reply(response, 200, Map.of("chatFiles", chat.get("files")));
    }

    private String caller(HttpServletRequest request) {
        if (request.getCookies() == null) {
            return null;
        }
        for (Cookie cookie : request.getCookies()) {
            if (cookie.getName().equals("neptun-session")) {
                JsonNode session = sessions.get(cookie.getValue());
                if (session != null && session.get("expiresAt").asLong() > Instant.now().getEpochSecond()) {
                    return session.get("userId").asText();
                }
            }
        }
        return null;
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

    private static void fail(HttpServletResponse response, int status, String phrase, String message)
            throws IOException {
        reply(
                response,
                status,
                Map.of("statusCode", status, "statusMessage", phrase, "data", Map.of("message", message)));
    }

    private static void reply(HttpServletResponse response, int status, Object body) throws IOException {
        byte[] json = JSON.writeValueAsBytes(body);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
