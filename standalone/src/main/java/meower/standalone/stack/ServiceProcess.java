package meower.standalone.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Http;
import meower.standalone.server.Launch;
import meower.standalone.server.Server;

/** One of the services, started from its runnable jar with the JDK that runs this program. */
final class ServiceProcess extends Server {
  private final PreparedService service;
  private final Path directory;
  private final int port;
  private final Map<String, String> settings;
  private final boolean rehearsal;

  /**
   * @param rehearsal whether it is to make its AOT cache when it ends, which takes time
   */
  ServiceProcess(
      Instance service,
      ProjectLayout project,
      DataFolder data,
      PortPlan ports,
      Map<String, String> settings,
      boolean rehearsal) {
    super(service.label(), data);
    this.service = project.service(service.part());
    this.directory = data.of(service.label());
    this.port = ports.of(service);
    this.settings = settings;
    this.rehearsal = rehearsal;
  }

  @Override
  protected Launch prepare() throws IOException {
    if (!Files.exists(service.jar())) {
      throw new IOException(service.jar() + " is missing; ./meower up builds it");
    }
    Path temporary = Files.createDirectories(directory.resolve("tmp"));
    return new Launch(service.command(temporary, rehearsal), directory, settings);
  }

  @Override
  public boolean isReady() {
    return Http.isOk("http://127.0.0.1:" + port + "/readyz");
  }

  @Override
  protected Duration startTimeout() {
    return Duration.ofMinutes(2);
  }

  /** Longer than the services' own grace period for requests that are being answered. */
  @Override
  protected Duration stopTimeout() {
    return Duration.ofSeconds(rehearsal ? 150 : 35);
  }
}
