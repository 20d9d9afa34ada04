package meower.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import meower.standalone.process.Ports;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import meower.web.pass.Scope;

/** One instance of the program service that is a process, to be killed. */
public final class ServiceProcess {

  private final TestPostgres postgres;
  private final String database;
  private final List<String> settings;
  private final int port = Ports.free();
  private final int management = Ports.free();
  private Process process;

  public ServiceProcess(TestPostgres postgres, String database, String... settings) {
    this.postgres = postgres;
    this.database = database;
    this.settings = List.of(settings);
  }

  public void start() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "meower.program.ProgramServiceApplication"));
    command.addAll(
        RunningService.arguments(postgres, database, TestServers.nats().url(), port, management));
    command.addAll(settings);
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  public TestProgram as(String program) {
    return new TestProgram(url(), Passes.of(program, Scope.QUEUES, Scope.PRESENCE));
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public boolean isReady() {
    try {
      return as("anybody").get("/readyz").statusCode() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Ends it with SIGKILL; returns when it is gone. */
  public void kill() {
    try {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
