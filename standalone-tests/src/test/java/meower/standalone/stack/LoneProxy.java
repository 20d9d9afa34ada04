package meower.standalone.stack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import meower.standalone.process.DataFolder;
import meower.standalone.process.ServerFailedException;
import meower.standalone.process.Wait;

/**
 * The real proxy with nothing behind it but services that repeat the headers they were sent, in a
 * document for whoever wants one.
 */
final class LoneProxy implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  /** What the query service has in its documents. */
  private static final String INSTRUCTION = "<!--# include virtual=\"/meow-head.html\" -->\n";

  private final List<HttpServer> services = new ArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final NginxServer nginx;
  private final Security security;
  private volatile CountDownLatch held = new CountDownLatch(0);
  final PortPlan ports;
  final Path folder;

  /**
   * @param folder an empty one
   */
  LoneProxy(Path folder, UnaryOperator<StackOptions> options) throws IOException {
    this(folder, PortPlan.free(), options);
  }

  LoneProxy(Path folder, PortPlan ports, UnaryOperator<StackOptions> options) throws IOException {
    this.ports = ports;
    this.folder = folder;
    folder.toFile().setExecutable(true, false);
    Path template = Path.of("nginx", "nginx.conf.template");
    Files.createDirectories(folder.resolve("nginx"));
    Files.copy(ProjectLayout.find().root().resolve(template), folder.resolve(template));
    Path dist = Files.createDirectories(folder.resolve("frontend/dist"));
    Files.writeString(dist.resolve("index.html"), "page");
    Files.writeString(dist.resolve("meow.html"), "page of one meow");
    Files.writeString(dist.resolve("meow-head.html"), "what the page is made of");
    Files.writeString(dist.resolve("wall.html"), "wall");
    Files.createDirectories(dist.resolve("wall"));
    Files.writeString(dist.resolve("wall/setup.html"), "setup of a wall");
    for (Part service : Part.SERVICES) {
      services.add(echo(ports.of(service)));
    }
    DataFolder data = new DataFolder(folder.resolve("data"));
    data.create();
    ProjectLayout project = new ProjectLayout(folder);
    StackOptions all = options.apply(new StackOptions(data.root(), ports));
    security = new Security(project, data, ports.tls(), all.doors().certificate());
    security.prepare();
    nginx = new NginxServer(project, data, all, security);
    nginx.start();
  }

  private HttpServer echo(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::repeat);
    server.start();
    return server;
  }

  private void repeat(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    if (exchange.getRequestURI().getPath().equals("/authenticate")) {
      String secret = exchange.getRequestHeaders().getFirst("Authorization");
      exchange.getResponseHeaders().set("Meower-Pass", "for " + secret);
    } else {
      awaitRelease();
    }
    StringBuilder text = new StringBuilder(exchange.getRequestURI() + "\n");
    if (String.valueOf(exchange.getRequestHeaders().getFirst("Accept")).startsWith("text/html")) {
      exchange.getResponseHeaders().set("Content-Type", "text/html");
      text.append(INSTRUCTION);
    }
    exchange
        .getRequestHeaders()
        .forEach((name, values) ->
            text.append(name.toLowerCase(Locale.ROOT)).append(": ").append(values).append('\n'));
    byte[] body = text.toString().getBytes(ISO_8859_1);
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(200, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private void awaitRelease() throws IOException {
    waiting.incrementAndGet();
    try {
      held.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Looks for other certificates, and returns what it says of that. */
  List<String> renewCertificates() {
    List<String> said = new ArrayList<>();
    new Renewal(security, List.of(nginx), said::add).run();
    return said;
  }

  /** Ends a service. */
  void stop(Part service) {
    services.get(Part.SERVICES.indexOf(service)).stop(0);
  }

  /** Has the services take what they are asked, and answer none of it until the end. */
  void holdAnswers() {
    held = new CountDownLatch(1);
    waiting.set(0);
  }

  /** Returns when so many questions have come to the services. */
  void awaitHeld(int count) {
    Wait.until(
        () -> waiting.get() >= count,
        Duration.ofSeconds(20),
        () -> new ServerFailedException(waiting.get() + " questions came", List.of()));
  }

  /** Asks until the answer has the status, and returns it. */
  String becomes(String line, int status, String... headers) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    String answer = ask(line, headers);
    while (status(answer) != status && System.nanoTime() < end) {
      answer = ask(line, headers);
    }
    assertThat(status(answer)).as(line).isEqualTo(status);
    return answer;
  }

  /** How often a service was asked. */
  int asked() {
    return asked.get();
  }

  /** Sends a request from 127.0.0.1 and returns the whole answer. */
  String ask(String line, String... headers) throws IOException {
    return ask("127.0.0.1", ports.nginx(), "", line, headers);
  }

  /**
   * @param from which address of this machine
   * @param before the request
   * @param line like {@code GET /meows}; a Host comes with it unless the headers have one
   */
  static String ask(String from, int port, String before, String line, String... headers)
      throws IOException {
    StringBuilder wire = new StringBuilder(before).append(line).append(" HTTP/1.1\r\n");
    if (List.of(headers).stream().noneMatch(header -> header.startsWith("Host:"))) {
      wire.append("Host: localhost:").append(port).append("\r\n");
    }
    for (String header : headers) {
      wire.append(header).append("\r\n");
    }
    wire.append(line.startsWith("P") ? "Content-Length: 0\r\n" : "")
        .append("Connection: close\r\n\r\n");
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(from, 0));
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.getOutputStream().write(wire.toString().getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  static int status(String answer) {
    return Integer.parseInt(answer.substring(9, 12));
  }

  @Override
  public void close() {
    held.countDown();
    nginx.close();
    services.forEach(service -> service.stop(0));
  }
}
