package meower.standalone.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the parts of a built clone lie. */
public record ProjectLayout(Path root) {
  private static final String VERSION = "0.1.0-SNAPSHOT";

  /** The least processor time for each post. */
  private static final List<String> MEMORY = List.of("-XX:+UseSerialGC", "-Xmx192m");

  /**
   * Room for 20,000 browsers; it only grows when they come, and what they leave behind is given
   * back while it is quiet.
   */
  private static final List<String> MEMORY_OF_PUSHER =
      List.of(
          "-XX:+UseG1GC",
          "-XX:MinHeapFreeRatio=10",
          "-XX:MaxHeapFreeRatio=20",
          "-XX:G1PeriodicGCInterval=10000",
          "-Xmx640m");

  /**
   * The clone that -Dmeower.home names, or the one around the current folder (tests run in their
   * module's).
   */
  public static ProjectLayout find() {
    String home = System.getProperty("meower.home");
    if (home != null) {
      return new ProjectLayout(Path.of(home));
    }
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      if (Files.exists(folder.resolve("standalone/pom.xml"))) {
        return new ProjectLayout(folder);
      }
      folder = folder.getParent();
    }
    throw new IllegalStateException("run this inside a clone of Meower");
  }

  public PreparedService service(Part service) {
    String module = service.module();
    return new PreparedService(
        root.resolve(module).resolve("target/" + module + "-" + VERSION + "-exec.jar"),
        root.resolve("target/services").resolve(module),
        service == Part.PUSHER ? MEMORY_OF_PUSHER : MEMORY);
  }

  Path page() {
    return root.resolve("frontend/dist");
  }

  Path nginxTemplate() {
    return root.resolve("nginx/nginx.conf.template");
  }

  /** Unpacked by the build of this module. */
  public Path elasticsearchHome() {
    return root.resolve("standalone/target/elasticsearch/elasticsearch-8.19.21");
  }

  /** Unpacked on first use. */
  public Path postgresHome() {
    return root.resolve("standalone/target/postgres");
  }
}
