package meower.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Executors;
import meower.standalone.stack.Part;
import meower.standalone.stack.Stack;

/**
 * Lets the browser tests, which are another process, disturb the stack: {@code POST
 * /<part>/<stop|kill|start|pause|resume>} and {@code POST /restore}, each answered when it is done.
 */
final class StackControl implements AutoCloseable {

  private final RunningMeower meower;
  private final HttpServer server;

  StackControl(RunningMeower meower) throws IOException {
    this.meower = meower;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String answer = "done";
      int status = 200;
      try {
        carryOut(exchange.getRequestURI().getPath().substring(1));
      } catch (RuntimeException e) {
        status = 500;
        answer = e.toString();
      }
      byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private void carryOut(String order) {
    if (order.equals("restore")) {
      meower.restore();
      return;
    }
    int slash = order.indexOf('/');
    Part part = Part.valueOf(order.substring(0, slash).toUpperCase(Locale.ROOT));
    Stack stack = meower.stack();
    switch (order.substring(slash + 1)) {
      case "stop" -> stack.stop(part);
      case "kill" -> stack.kill(part);
      case "start" -> stack.start(part);
      case "pause" -> stack.pause(part);
      case "resume" -> stack.resume(part);
      default -> throw new IllegalArgumentException(order);
    }
  }
}
