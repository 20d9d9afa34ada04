package meower.standalone.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Http;
import meower.standalone.server.Launch;
import meower.standalone.server.Server;

/** One of the services, started from its runnable jar with the JDK that runs this program. */
final class ServiceProcess extends Server {
  private final PreparedService service;
  private final Path directory;
  private final int port;
  private final Instance instance;
  private final DataFolder data;
  private final StackOptions options;

  ServiceProcess(Instance instance, ProjectLayout project, DataFolder data, StackOptions options) {
    super(instance.label(), data);
    this.service = project.service(instance.part());
    this.directory = data.of(instance.label());
    this.port = options.ports().of(instance);
    this.instance = instance;
    this.data = data;
    this.options = options;
  }

  @Override
  protected Launch prepare() throws IOException {
    if (!Files.exists(service.jar())) {
      throw new IOException(service.jar() + " is missing; ./meower up builds it");
    }
    Path temporary = Files.createDirectories(directory.resolve("tmp"));
    var settings = new HashMap<>(ServiceSettings.of(instance, options, data));
    settings.putAll(options.environment().apply(instance));
    return new Launch(service.command(temporary, options.rehearsal()), directory, settings);
  }

  @Override
  public boolean isReady() {
    return Http.isOk("http://127.0.0.1:" + port + "/readyz");
  }

  @Override
  protected Duration startTimeout() {
    return Start.TIMEOUT;
  }

  /** Longer than the services' own grace period for requests that are being answered. */
  @Override
  protected Duration stopTimeout() {
    return Duration.ofSeconds(options.rehearsal() ? 150 : 35);
  }
}
