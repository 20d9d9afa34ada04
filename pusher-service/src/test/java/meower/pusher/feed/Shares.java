package meower.pusher.feed;

/** Shares of the past for tests. */
final class Shares {

  private Shares() {}

  /** More than is ever read. */
  static PastShare plenty() {
    return new PastShare(1 << 30, System::nanoTime);
  }
}
