package meower.testservers;

/**
 * A real server that tests may stop, kill and pause. Port and data stay the same; whoever disturbs
 * a server puts it right again, or the next {@link TestServers} call does.
 */
public sealed class TestServer permits TestPostgres, TestNats, TestElasticsearch {
  private final Controls controls;
  private final int port;
  private volatile boolean paused;

  TestServer(Controls controls, int port) {
    this.controls = controls;
    this.port = port;
  }

  public String host() {
    return controls.host();
  }

  public int port() {
    return port;
  }

  /** Returns when the server does its work; does nothing when it is running. */
  public void start() {
    controls.start();
  }

  /** Ends the server properly. */
  public void stop() {
    resume();
    controls.stop();
  }

  /** Ends the server as a crash would, with SIGKILL. */
  public void kill() {
    controls.kill();
    paused = false;
  }

  /** Freezes the server: connections stay open, nothing is answered. */
  public void pause() {
    controls.pause();
    paused = true;
  }

  /** Lets a paused server go on; does nothing otherwise. */
  public void resume() {
    if (paused) {
      controls.resume();
      paused = false;
    }
  }
}
