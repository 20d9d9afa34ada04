package meower.bench.push.client;

import java.nio.charset.StandardCharsets;

/** Engine.IO 4 and Socket.IO over it: connect, ping and events. */
public final class SocketIoProtocol implements Protocol {

  private static final byte[] NOTHING = {};
  private static final byte[] CONNECT = "40".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PONG = "3".getBytes(StandardCharsets.US_ASCII);
  private static final byte PING = '2';
  private static final byte MESSAGE = '4';
  private static final int EVENT = "42[\"m\",".length();

  private boolean ready;

  @Override
  public byte[] greeting() {
    return CONNECT;
  }

  @Override
  public byte[] take(byte[] bytes, int from, int to, Sink sink) {
    if (bytes[from] == MESSAGE && bytes[from + 1] == '0') {
      ready = true;
    } else if (bytes[from] == MESSAGE) {
      sink.meow(bytes, from + EVENT);
    }
    return bytes[from] == PING ? PONG : NOTHING;
  }

  @Override
  public boolean isReady() {
    return ready;
  }
}
