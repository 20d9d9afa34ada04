package meower.standalone.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import meower.standalone.process.ServerFailedException;
import meower.standalone.server.Server;

/** Sees to it that no certificate ends while everything runs. */
record Renewal(Security security, List<Server> servers, Consumer<String> log) implements Runnable {
  /** Returns whose certificate is another one now. */
  private interface Names {
    List<String> get() throws IOException;
  }

  static final Duration EVERY = Duration.ofMinutes(10);

  @Override
  public void run() {
    renew(security::renew);
    renew(security::renewedByOperator);
  }

  private void renew(Names which) {
    try {
      var renewed = which.get();
      for (Server server : servers) {
        if (renewed.contains(server.name())) {
          server.renewCertificate();
          log.accept(server.name() + " has a new certificate");
        }
      }
    } catch (IOException | ServerFailedException e) {
      log.accept("certificates cannot be renewed: " + e.getMessage());
    }
  }
}
