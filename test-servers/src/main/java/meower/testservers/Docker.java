package meower.testservers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds out within seconds whether containers can be used. Testcontainers itself searches for long,
 * and with an engine that cannot reach a registry it repeats the download for minutes.
 */
final class Docker {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private Docker() {}

  static boolean canRun(List<String> images) {
    return engine()
        .filter(engine -> get(engine, "/_ping") == 200)
        .filter(engine -> images.stream().allMatch(i -> hasImage(engine, i) || canPull(engine, i)))
        .isPresent();
  }

  private static boolean hasImage(SocketAddress engine, String image) {
    return get(engine, "/images/" + image + "/json") == 200;
  }

  /** The engine asks the registry for it: this tells whether a registry can be reached at all. */
  private static boolean canPull(SocketAddress engine, String image) {
    return get(engine, "/distribution/" + image + "/json") == 200;
  }

  private static Optional<SocketAddress> engine() {
    String host = System.getenv("DOCKER_HOST");
    if (host != null && host.startsWith("tcp://")) {
      var uri = URI.create(host);
      return Optional.of(new InetSocketAddress(uri.getHost(), uri.getPort()));
    }
    return Stream.of(
            host == null ? null : host.replaceFirst("^unix://", ""),
            System.getenv("XDG_RUNTIME_DIR") + "/docker.sock",
            System.getProperty("user.home") + "/.docker/run/docker.sock",
            "/var/run/docker.sock")
        .filter(Objects::nonNull)
        .map(Path::of)
        .filter(Files::exists)
        .findFirst()
        .map(UnixDomainSocketAddress::of);
  }

  private static int get(SocketAddress engine, String path) {
    return inTime(() -> statusOf(engine, path), 0);
  }

  private static int statusOf(SocketAddress engine, String path) {
    try (var channel = SocketChannel.open(engine)) {
      channel.write(US_ASCII.encode("GET %s HTTP/1.0\r\nHost: docker\r\n\r\n".formatted(path)));
      var statusLine = Channels.newInputStream(channel).readNBytes("HTTP/1.x 200".length());
      return Integer.parseInt(new String(statusLine, 9, 3, US_ASCII));
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException _) {
      return 0;
    }
  }

  private static <T> T inTime(Supplier<T> question, T otherwise) {
    return CompletableFuture.supplyAsync(question, Thread::startVirtualThread)
        .completeOnTimeout(otherwise, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
