package meower.command.publish;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that says meows over a socket, and notes what is answered. */
public final class ProgramSocket implements WebSocket.Listener, AutoCloseable {

  private static final long TIMEOUT_SECONDS = 20;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> answers = new CopyOnWriteArrayList<>();
  private final StringBuilder piece = new StringBuilder();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private @Nullable WebSocket socket;

  private ProgramSocket() {}

  /** Connects with a pass, as the proxy does for a program. */
  public static ProgramSocket connect(String address, String pass, String... subprotocols)
      throws Exception {
    ProgramSocket program = new ProgramSocket();
    WebSocket.Builder builder = program.http.newWebSocketBuilder().header("Meower-Pass", pass);
    if (subprotocols.length > 0) {
      builder.subprotocols(subprotocols[0]);
    }
    program.socket =
        builder.buildAsync(URI.create(address), program).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    return program;
  }

  String subprotocol() {
    return socket().getSubprotocol();
  }

  public CompletableFuture<WebSocket> send(String frame) {
    return socket().sendText(frame, true);
  }

  /** Sends a frame and waits until it is on its way. */
  public void say(String frame) throws Exception {
    send(frame).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  void sendBinary() throws Exception {
    socket().sendBinary(ByteBuffer.wrap(new byte[] {1}), true).get(1, TimeUnit.SECONDS);
  }

  public List<JsonNode> answers() {
    return answers.stream().map(JsonMapper.shared()::readTree).toList();
  }

  int answered() {
    return answers.size();
  }

  /** Returns the code with which the connection ends. */
  public int closeCode(Duration timeout) throws Exception {
    return closed.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean isOpen() {
    return !closed.isDone();
  }

  @Override
  public void onOpen(WebSocket opened) {
    opened.request(Long.MAX_VALUE);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    piece.append(data);
    if (last) {
      answers.add(piece.toString());
      piece.setLength(0);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    socket().abort();
    http.shutdownNow();
  }

  private WebSocket socket() {
    if (socket == null) {
      throw new IllegalStateException("not connected");
    }
    return socket;
  }
}
