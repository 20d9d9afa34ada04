package meower.e2e.secure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import meower.e2e.operators.OperatorCommand;
import meower.e2e.operators.OperatorCommand.Result;
import meower.e2e.typed.Workplace;
import meower.standalone.certificate.TrustedConnections;
import meower.standalone.preparation.Preparation;
import meower.standalone.process.DataFolder;
import meower.standalone.process.PidFile;
import meower.standalone.proxy.Limits;
import meower.standalone.stack.Part;
import meower.standalone.stack.PortPlan;
import meower.standalone.stack.ProjectLayout;
import meower.standalone.stack.RunningStack;
import meower.standalone.stack.Stack;
import meower.standalone.stack.StackOptions;
import org.springframework.util.FileSystemUtils;

/** A stack as {@code ./meower up --tls --private} starts it, and what people do with it. */
final class SecureMeower implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final Path data;
  private final PortPlan ports;
  private final Stack stack;
  private final HttpClient trusting;

  private SecureMeower(Path data, PortPlan ports, Stack stack) throws IOException {
    this.data = data;
    this.ports = ports;
    this.stack = stack;
    this.trusting =
        HttpClient.newBuilder().sslContext(trust()).connectTimeout(Duration.ofSeconds(5)).build();
  }

  static SecureMeower start() throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("meower-secure");
    ProjectLayout project = ProjectLayout.find();
    Preparation.prepare(project);
    PortPlan ports = PortPlan.freeWithTls();
    Stack stack =
        new Stack(
            project,
            new StackOptions(data, ports).with(Limits.NOT_FOR_THIS_MACHINE).forMembersOnly(),
            line -> System.out.println("secure stack: " + line));
    try {
      stack.start((part, after) -> System.out.println("secure stack: " + part + " " + after));
      DataFolder folder = new DataFolder(data);
      new PidFile(folder.pidFile("launcher")).write(ProcessHandle.current());
      RunningStack.announce(folder, ports);
      return new SecureMeower(data, ports, stack);
    } catch (IOException | RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  @Override
  public void close() {
    stack.close();
    trusting.close();
    FileSystemUtils.deleteRecursively(data.toFile());
  }

  Path data() {
    return data;
  }

  /** Opens a folder in which lines mean this stack. */
  Workplace workplace() throws IOException, InterruptedException {
    return Workplace.of(data, ports);
  }

  Path ca() {
    return data.resolve("tls").resolve("ca.pem");
  }

  /** Where a part listens. */
  int port(Part part) {
    return ports.of(part);
  }

  URI secure(String path) {
    return URI.create("https://localhost:" + ports.secure()).resolve(path);
  }

  URI plain(String path) {
    return URI.create("http://localhost:" + ports.nginx()).resolve(path);
  }

  SSLContext trust() throws IOException {
    return TrustedConnections.to(ca());
  }

  /** Opens a socket that puts what comes into the list. */
  WebSocket open(String path, String authorization, List<String> texts) throws IOException {
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            texts.add(text.toString());
            socket.request(1);
            return CompletableFuture.completedStage(null);
          }
        };
    return trusting
        .newWebSocketBuilder()
        .header("Authorization", authorization)
        .buildAsync(URI.create(secure(path).toString().replace("https:", "wss:")), listener)
        .join();
  }

  /** As if the certificate of nginx had to be made anew, while everything runs. */
  void renewCertificateOfNginx() throws Exception {
    Path store = data.resolve("tls").resolve("keys.p12");
    char[] password = secret("certificates", "keys.password").toCharArray();
    KeyStore keys = KeyStore.getInstance(store.toFile(), password);
    keys.deleteEntry(Part.NGINX.label());
    try (OutputStream out = Files.newOutputStream(store)) {
      keys.store(out, password);
    }
    stack.renewCertificates();
  }

  /** The number of the certificate that nginx shows to whoever comes now. */
  BigInteger serial() throws IOException {
    try (SSLSocket socket =
        (SSLSocket) trust().getSocketFactory().createSocket("localhost", ports.secure())) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0] instanceof X509Certificate shown
          ? shown.getSerialNumber()
          : BigInteger.ZERO;
    }
  }

  /** Returns the password that a user has for a server, from its file. */
  String secret(String user, String setting) throws IOException {
    return Files.readString(data.resolve("secrets").resolve(user).resolve(setting));
  }

  /** Runs an operator's command, which finds the stack by itself. */
  Result run(String... arguments) throws Exception {
    return OperatorCommand.run(data, arguments);
  }

  /** Makes a program and returns its token. */
  String addProgram(String name, String scopes) throws Exception {
    Result added = run("program", "add", name, "--may", scopes);
    assertThat(added.status()).as(added.output()).isZero();
    return added.output().lines().filter(line -> line.startsWith("mwr_")).findFirst().orElseThrow();
  }

  HttpResponse<String> get(URI uri, String... headers) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIMEOUT);
    return trusting.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofString());
  }

  HttpResponse<String> json(String method, URI uri, String body, String... headers)
      throws IOException, InterruptedException {
    return trusting.send(
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .headers(headers)
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  HttpResponse<String> post(URI uri, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body));
    return trusting.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofString());
  }

  static String basic(String name, String secret) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((name + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }
}
