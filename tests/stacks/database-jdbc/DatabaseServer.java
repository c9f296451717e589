import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

public class DatabaseServer extends ChatFilesServer {
    private static final String URL =
            "jdbc:postgresql://127.0.0.2:" + System.getenv("PGPORT") + "/postgres?user=postgres";

    DatabaseServer(Data data) {
        super(data);
    }

    @Override
    List<ChatFile> filesOf(String userId, String caller, long chatId) throws IOException {
        try (Connection database = DriverManager.getConnection(URL)) {
            if (!owns(database, userId, caller, chatId)) {
                return null;
            }
            try (PreparedStatement query = database.prepareStatement(
                    "select * from chat_conversation_files where chat_conversation_id = ?")) {
                query.setLong(1, chatId);
                return files(query.executeQuery());
            }
        } catch (SQLException problem) {
            throw new IOException(problem);
        }
    }

    private static boolean owns(Connection database, String userId, String caller, long chatId)
            throws SQLException {
        try (PreparedStatement query = database.prepareStatement(
                "select id from chat_conversations where user_id = ? and user_id = ? and id = ?")) {
            query.setString(1, userId);
            query.setString(2, caller);
            query.setLong(3, chatId);
            return query.executeQuery().next();
        }
    }

    private static List<ChatFile> files(ResultSet rows) throws SQLException {
        List<ChatFile> files = new ArrayList<>();
        while (rows.next()) {
            files.add(new ChatFile(
                    rows.getLong("id"),
                    rows.getLong("chat_conversation_id"),
                    rows.getString("name"),
                    rows.getLong("size"),
                    rows.getString("type"),
                    rows.getObject("created_at", OffsetDateTime.class).toInstant().toString(),
                    rows.getString("url")));
        }
        return files;
    }

    public static void main(String[] arguments) throws IOException {
        serve(new DatabaseServer(data()));
    }
}
