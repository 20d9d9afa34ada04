package meower.standalone.preparation;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import meower.standalone.demo.DemoTexts;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Folders;
import meower.standalone.proxy.Limits;
import meower.standalone.stack.Login;
import meower.standalone.stack.Part;
import meower.standalone.stack.PortPlan;
import meower.standalone.stack.ProjectLayout;
import meower.standalone.stack.Stack;
import meower.standalone.stack.StackOptions;
import org.jspecify.annotations.Nullable;

/**
 * A Meower of its own under some load, in which the virtual machines of the services learn what
 * they will have to do.
 */
final class Rehearsal {
  private static final Duration TIME = Duration.ofSeconds(10);
  private static final int VISITORS = 8;
  private static final int WORKERS = 4;
  private static final int READ_EVERY = 8;
  private static final int CREATED = 201;
  private static final long SEED = 1;

  /** One program does here what many do elsewhere. */
  private static final Map<Part, Map<String, String>> MORE =
      Map.of(Part.PROGRAM, Map.of("MEOWER_QUEUES_CALLSPERSECOND", "1000000"));

  private final PortPlan ports = PortPlan.free();
  private final Stack stack;
  private final Path data;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Iterator<String> texts;

  Rehearsal(ProjectLayout project) throws IOException {
    data = Files.createTempDirectory("meower-rehearsal");
    data.toFile().setExecutable(true, false); // nginx's workers are another user than root
    stack =
        new Stack(
            project,
            new StackOptions(data.resolve("data"), ports)
                .with(Limits.NONE)
                .with(instance -> MORE.getOrDefault(instance.part(), Map.of()))
                .asRehearsal(),
            _ -> {});
    texts = new DemoTexts(SEED).stream().iterator();
  }

  /**
   * Returns when the services have ended, and with that made their caches.
   *
   * @throws IOException if a request fails; the caches are made nevertheless
   */
  void run() throws IOException, InterruptedException {
    Thread stop = new Thread(stack::close, "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      stack.start((_, _) -> {});
      load();
    } finally {
      stack.close();
      Runtime.getRuntime().removeShutdownHook(stop);
      Folders.delete(data);
    }
  }

  private void load() throws IOException, InterruptedException {
    long end = System.nanoTime() + TIME.toNanos();
    List<WebSocket> sockets = new ArrayList<>();
    var program = new RehearsedProgram(client, stack.url());
    program.begin(Login.toNats(ports, new DataFolder(data.resolve("data"))));
    try (ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < VISITORS; i++) {
        sockets.add(follow());
      }
      Stream<Future<Void>> visits =
          Stream.generate(() -> visitors.submit(() -> visit(end))).limit(VISITORS);
      Stream<Future<Void>> work =
          Stream.generate(() -> visitors.submit(() -> work(program, end))).limit(WORKERS);
      for (var one : Stream.concat(visits, work).toList()) {
        one.get();
      }
    } catch (ExecutionException | CompletionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } finally {
      sockets.forEach(WebSocket::abort);
    }
  }

  private WebSocket follow() {
    URI uri = URI.create(stack.url().replace("http:", "ws:") + "/pusher");
    return client.newWebSocketBuilder().buildAsync(uri, new WebSocket.Listener() {}).join();
  }

  private @Nullable Void visit(long end) throws IOException, InterruptedException {
    for (int i = 0; System.nanoTime() < end; i++) {
      String text = nextText();
      String meow = post(text);
      if (i % READ_EVERY == 0) {
        get("/meows?take=100");
        get("/search?query=" + text.replaceAll("[^A-Za-z]+", "+"));
        get(meow + "?wait=1s");
      }
    }
    return null;
  }

  private @Nullable Void work(RehearsedProgram program, long end)
      throws IOException, InterruptedException {
    while (System.nanoTime() < end) {
      program.work(nextText());
    }
    return null;
  }

  private String nextText() {
    synchronized (texts) {
      return texts.next();
    }
  }

  /** Returns where the meow can be read. */
  private String post(String text) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(stack.url() + "/meows"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString("{\"body\":\"" + text.replaceAll("[\"\\\\]", "'") + "\"}"))
            .build();
    HttpResponse<Void> answer = client.send(request, BodyHandlers.discarding());
    if (answer.statusCode() != CREATED) {
      throw new IOException("a post was answered with " + answer.statusCode());
    }
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private void get(String path) throws IOException, InterruptedException {
    client.send(
        HttpRequest.newBuilder(URI.create(stack.url() + path)).build(), BodyHandlers.discarding());
  }
}
