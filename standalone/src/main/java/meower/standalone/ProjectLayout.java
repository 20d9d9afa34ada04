package meower.standalone;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the parts of a built clone lie. */
public record ProjectLayout(Path root) {
  private static final String VERSION = "0.1.0-SNAPSHOT";

  /** In MiB. */
  private static final int HEAP = 192;

  /** In MiB: room for 20,000 browsers; it only grows when they come. */
  private static final int HEAP_OF_PUSHER = 640;

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

  PreparedService service(Part service) {
    String module = service.module();
    return new PreparedService(
        root.resolve(module).resolve("target/" + module + "-" + VERSION + "-exec.jar"),
        root.resolve("target/services").resolve(module),
        service == Part.PUSHER ? HEAP_OF_PUSHER : HEAP);
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
