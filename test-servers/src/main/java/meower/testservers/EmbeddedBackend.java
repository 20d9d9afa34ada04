package meower.testservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import meower.standalone.process.Ports;
import meower.standalone.server.ElasticsearchServer;
import meower.standalone.server.NatsServer;
import meower.standalone.server.PostgresServer;
import meower.standalone.server.Server;
import meower.standalone.stack.ProjectLayout;

/** The servers as processes of this machine; their data lies in the module's target folder. */
final class EmbeddedBackend implements Backend {
  private final ProjectLayout project = ProjectLayout.find();
  private final RunFolder folder;

  EmbeddedBackend() {
    try {
      folder = RunFolder.create(Path.of("target/test-servers").toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for the test servers", e);
    }
  }

  @Override
  public Controls postgres(int port) {
    return new ServerControls(
        new PostgresServer(project.postgresHome(), folder.server("postgres", port), port));
  }

  @Override
  public Controls nats(int port) {
    return new ServerControls(new NatsServer(folder.server("nats", port), port, Ports.free()));
  }

  @Override
  public Controls elasticsearch(int port) {
    var data = folder.server("elasticsearch", port);
    return new ServerControls(
        new ElasticsearchServer(project.elasticsearchHome(), data, port, Ports.free(), "256m"));
  }

  @Override
  public void close() {
    try {
      folder.delete();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder.path(), e);
    }
  }

  private record ServerControls(Server server) implements Controls {
    @Override
    public String host() {
      return "127.0.0.1";
    }

    @Override
    public void start() {
      server.start();
    }

    @Override
    public void stop() {
      server.stop();
    }

    @Override
    public void kill() {
      server.kill();
    }

    @Override
    public void pause() {
      server.pause();
    }

    @Override
    public void resume() {
      server.resume();
    }
  }
}
