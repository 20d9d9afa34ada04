package meower.testservers;

/** NATS with JetStream, without any stream. */
public final class TestNats extends TestServer {
  TestNats(Controls controls, int port) {
    super(controls, port);
  }

  public String url() {
    return "nats://" + host() + ":" + port();
  }
}
