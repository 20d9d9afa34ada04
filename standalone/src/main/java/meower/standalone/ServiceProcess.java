package meower.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One of the three services, started from its runnable jar with the JDK that runs this program. */
final class ServiceProcess extends Server {
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms32m",
          "-Xmx192m",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-UsePerfData");

  private final Path jar;
  private final Path directory;
  private final int port;
  private final Map<String, String> settings;

  ServiceProcess(
      Part service,
      ProjectLayout project,
      DataFolder data,
      PortPlan ports,
      Map<String, String> settings) {
    super(service.label(), data);
    this.jar = project.serviceJar(service.module());
    this.directory = data.of(service.label());
    this.port = ports.of(service);
    this.settings = settings;
  }

  @Override
  Launch prepare() throws IOException {
    if (!Files.exists(jar)) {
      throw new IOException(jar + " is missing; ./meower up builds it");
    }
    Path temporary = Files.createDirectories(directory.resolve("tmp"));
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.addAll(List.of("-Djava.io.tmpdir=" + temporary, "-jar", jar.toString()));
    return new Launch(command, directory, settings);
  }

  @Override
  public boolean isReady() {
    return Http.isOk("http://127.0.0.1:" + port + "/readyz");
  }

  @Override
  Duration startTimeout() {
    return Duration.ofMinutes(2);
  }

  /** Longer than the services' own grace period for requests that are being answered. */
  @Override
  Duration stopTimeout() {
    return Duration.ofSeconds(35);
  }
}
