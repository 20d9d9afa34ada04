package meower.bench.push.client;

/** Each frame is a JSON object; the first one is the hello. */
public final class MeowerProtocol implements Protocol {

  private static final byte[] NOTHING = {};
  private static final int KIND = "{\"kind\":".length();

  private boolean ready;

  @Override
  public byte[] greeting() {
    return NOTHING;
  }

  @Override
  public byte[] take(byte[] bytes, int from, int to, Sink sink) {
    switch (bytes[from + KIND]) {
      case '1' -> sink.meow(bytes, from);
      case '2' -> ready = true;
      case '5' -> sink.deletion(bytes, from);
      default -> throw new IllegalStateException("a gap: this browser was too slow");
    }
    return NOTHING;
  }

  @Override
  public boolean isReady() {
    return ready;
  }
}
