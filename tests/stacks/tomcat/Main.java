import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

public class Main {
    public static void main(String[] arguments) throws Exception {
        JsonNode data = new ObjectMapper().readTree(new File(System.getenv("DATA")));
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
        tomcat.setPort(Integer.parseInt(System.getenv("PORT")));
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "chat-files", new ChatFilesServlet(data));
        context.addServletMappingDecoded("/*", "chat-files");
        tomcat.start();
        tomcat.getServer().await();
    }
}
