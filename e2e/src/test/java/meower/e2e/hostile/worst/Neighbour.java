package meower.e2e.hostile.worst;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meower.e2e.hostile.wire.Connection;
import meower.e2e.hostile.wire.Frames;
import meower.e2e.hostile.wire.RawAnswer;
import meower.e2e.hostile.wire.Request;

/**
 * Somebody who posts, reads, searches and follows the feed at a steady pace, well within what one
 * client may.
 */
final class Neighbour implements AutoCloseable {

  private static final int CLOSE = 8;
  private static final int PING = 9;

  /** Behind it comes the length of a payload that has more bytes than this, in two bytes. */
  private static final int LONG = 126;

  private static final Pattern ID = Pattern.compile("\"id\":\"(\\w+)\"");

  private final Address address;
  private final Pace pace = new Pace();
  private final Connection feed;
  private final Map<String, Long> posted = new ConcurrentHashMap<>();
  private final Map<String, Long> heard = new ConcurrentHashMap<>();
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private volatile Window window = new Window();

  /** It comes, and goes on with all that until it is closed. */
  Neighbour(Address address) throws IOException {
    this.address = address;
    this.feed = address.connect();
    feed.send(address.handshake("/pusher"));
    if (feed.answer(false).isEmpty()) {
      throw new IOException("no feed");
    }
    pace.keep(10_000, this::listen, e -> failures.add("feed " + e));
    visit("post", 5, () -> Request.get("/meows?body=neighbour").withMethod("POST"));
    visit("newest", 20, () -> Request.get("/meows?take=50"));
    visit("page", 5, () -> Request.get("/meows?take=20"));
    visit("search", 8, () -> Request.get("/search?query=neighbour"));
  }

  /** Returns what it got since the last time; from now on that is counted anew. */
  Window next() {
    Window over = window;
    window = new Window();
    over.end();
    return over;
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Tells whether all that it has posted has come over its feed. */
  boolean hasHeardAll() {
    return heard.keySet().containsAll(posted.keySet());
  }

  private void visit(String what, int perSecond, Supplier<Request> request) {
    Line line = new Line(address);
    pace.keep(perSecond, () -> ask(what, line, request.get()), e -> failures.add(what + " " + e));
  }

  private void ask(String what, Line line, Request request) throws IOException {
    Window current = window;
    long began = System.nanoTime();
    RawAnswer answer = line.ask(request);
    current.add(what, System.nanoTime() - began);
    if (answer.status() == 201) {
      Matcher id = ID.matcher(answer.text());
      if (id.find()) {
        posted.put(id.group(1), began);
        arrived(id.group(1));
      }
    } else if (answer.status() != 200) {
      failures.add(what + " " + answer.status() + " " + answer.text());
    }
  }

  private void listen() throws IOException {
    DataInputStream in = new DataInputStream(feed.in());
    int opcode = in.readUnsignedByte() & 0x0F;
    int length = in.readUnsignedByte();
    byte[] payload = new byte[length < LONG ? length : in.readUnsignedShort()];
    in.readFully(payload);
    if (opcode == PING) {
      feed.send(Frames.pong());
    } else if (opcode == CLOSE) {
      throw new IOException("it is closed: " + new String(payload, UTF_8));
    }
    Matcher id = ID.matcher(new String(payload, UTF_8));
    if (id.find()) {
      heard.put(id.group(1), System.nanoTime());
      arrived(id.group(1));
    }
  }

  /** What it has posted, as soon as both the answer and the frame are there. */
  private void arrived(String id) {
    Long began = posted.get(id);
    Long ended = heard.get(id);
    if (began != null && ended != null) {
      window.add("live", ended - began);
    }
  }

  @Override
  public void close() throws IOException {
    pace.close();
    feed.close();
  }
}
