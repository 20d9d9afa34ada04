package meower.standalone.server;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import meower.standalone.process.DataFolder;
import meower.standalone.process.LogFile;
import meower.standalone.process.OwnSession;
import meower.standalone.process.PidFile;
import meower.standalone.process.ProcessTree;
import meower.standalone.process.ServerFailedException;
import meower.standalone.process.Wait;
import meower.standalone.secret.PrivateFiles;
import org.jspecify.annotations.Nullable;

/**
 * A server that runs as a process of its own and can be treated as badly as a real one: stopped,
 * killed, paused.
 *
 * <p>It always comes back on the same port with the same data. What it prints goes to its log file.
 * Safe for use by several threads.
 */
public abstract class Server implements AutoCloseable {
  private static final int LOG_LINES_IN_ERRORS = 15;

  /** Nobody else may read what it writes. */
  private static final List<String> FOR_ITS_OWNER =
      List.of("sh", "-c", "umask 077 && exec \"$@\"", "sh");

  private final String name;
  private final LogFile log;
  private final PidFile pidFile;
  private volatile @Nullable Process process;
  private volatile boolean paused;

  protected Server(String name, DataFolder data) {
    this.name = name;
    this.log = new LogFile(data.log(name));
    this.pidFile = new PidFile(data.pidFile(name));
  }

  /** Makes folders and settings ready and says what to execute. */
  protected abstract Launch prepare() throws IOException, InterruptedException;

  /** Whether it does its work, asked anew each time; may take two seconds. */
  public abstract boolean isReady();

  /**
   * Whether it runs and does no work, at this moment; may take two seconds. One that stays so is
   * ended and started again.
   */
  public boolean isStuck() {
    return false;
  }

  /** How long a start may take on a slow machine. */
  protected abstract Duration startTimeout();

  /** The signal that makes it finish quickly but properly. */
  protected String stopSignal() {
    return "TERM";
  }

  protected Duration stopTimeout() {
    return Duration.ofSeconds(20);
  }

  public final String name() {
    return name;
  }

  /** Starts it and returns when it does its work. Does nothing when it is running. */
  public final void start() {
    launch();
    awaitReady();
  }

  /** Starts it and returns at once. Does nothing when it is running. */
  public final synchronized void launch() {
    if (isAlive()) {
      return;
    }
    try {
      endLeftovers();
      log.rotate();
      var launch = prepare().prefixedWith(FOR_ITS_OWNER).prefixedWith(OwnSession.prefix());
      PrivateFiles.restrictAll(launch.directory());
      var builder = new ProcessBuilder(launch.command()).directory(launch.directory().toFile());
      apply(launch.environment(), builder.environment());
      builder
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.path().toFile()));
      var started =
          builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null"))).start();
      process = started;
      paused = false;
      pidFile.write(started.toHandle());
    } catch (IOException e) {
      throw new ServerFailedException(name + " cannot be started", e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void awaitReady() {
    Wait.until(
        () -> {
          if (!isAlive()) {
            throw failed("ended while it was starting");
          }
          return isReady();
        },
        startTimeout(),
        () -> failed("was not ready within " + startTimeout().toSeconds() + " s"));
  }

  /** Ends it properly. Does nothing when it is not running. */
  public final void stop() {
    end(tree -> tree.stop(stopSignal(), stopTimeout()));
  }

  /** Ends it as a crash would (SIGKILL), with all its child processes. */
  public final void kill() {
    end(ProcessTree::kill);
  }

  /** Freezes it (SIGSTOP): connections stay open, nothing is answered. */
  public final void pause() {
    paused = true;
    signal(ProcessTree::pause);
  }

  /** Lets it go on after {@link #pause()}. */
  public final void resume() {
    signal(ProcessTree::resume);
    paused = false;
  }

  /**
   * Has it use the certificate that is there now; no connection ends. Does nothing when it is not
   * running, because a start does the same.
   */
  public final synchronized void renewCertificate() throws IOException {
    if (isAlive() && copyCertificate()) {
      signal(ProcessTree::hangUp);
    }
  }

  /**
   * Writes the certificate where it reads it.
   *
   * @return whether it has to be told so, with SIGHUP
   */
  protected boolean copyCertificate() throws IOException {
    return false;
  }

  public final boolean isPaused() {
    return paused;
  }

  public final boolean isAlive() {
    var current = process;
    return current != null && current.isAlive();
  }

  /** The id of its main process while it is running. */
  public final OptionalLong pid() {
    var current = process;
    return current != null && current.isAlive()
        ? OptionalLong.of(current.pid())
        : OptionalLong.empty();
  }

  /** What it prints. */
  public final LogFile log() {
    return log;
  }

  public final List<String> lastLogLines() {
    return log.lastLines(LOG_LINES_IN_ERRORS);
  }

  @Override
  public final void close() {
    stop();
  }

  /** Completed when the process that is running now ends; at once when none is. */
  public final CompletableFuture<?> onExit() {
    var current = process;
    return current == null ? CompletableFuture.completedFuture(name) : current.onExit();
  }

  private synchronized void end(TreeAction action) {
    signal(action);
    try {
      endLeftovers();
      pidFile.delete();
    } catch (IOException e) {
      throw new ServerFailedException("cannot delete " + pidFile.path(), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** nginx's workers outlive a killed master, and would keep its port. */
  private void endLeftovers() throws InterruptedException {
    var former = process;
    if (former != null && !former.isAlive()) {
      ProcessTree.killGroup(former.pid());
      process = null; // the id may belong to somebody else later
    }
  }

  private void signal(TreeAction action) {
    var current = process;
    if (current == null || !current.isAlive()) {
      return;
    }
    try {
      action.on(new ProcessTree(current.toHandle()));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static void apply(Map<String, String> own, Map<String, String> target) {
    // Settings of the person's shell must not reach into the servers.
    target
        .keySet()
        .removeIf(
            key -> key.startsWith("PG") || key.startsWith("JAVA_") || key.startsWith("JDK_JAVA"));
    target.putAll(own);
  }

  private ServerFailedException failed(String what) {
    return new ServerFailedException(name + " " + what, lastLogLines());
  }

  private ServerFailedException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new ServerFailedException(name + ": interrupted", e);
  }

  private interface TreeAction {
    void on(ProcessTree tree) throws InterruptedException;
  }
}
