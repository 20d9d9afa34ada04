package meower.bench.push.client;

/** Each frame is a meow, from the first one on. */
public final class PlainProtocol implements Protocol {

  private static final byte[] NOTHING = {};

  @Override
  public byte[] greeting() {
    return NOTHING;
  }

  @Override
  public byte[] take(byte[] bytes, int from, int to, Sink sink) {
    sink.meow(bytes, from);
    return NOTHING;
  }

  @Override
  public boolean isReady() {
    return true;
  }
}
