package meower.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import meower.e2e.access.Access;
import meower.e2e.access.FrontDoor;
import meower.standalone.preparation.Preparation;
import meower.standalone.process.DataFolder;
import meower.standalone.process.PidFile;
import meower.standalone.process.Ports;
import meower.standalone.proxy.CallbackDoor;
import meower.standalone.proxy.Doors;
import meower.standalone.proxy.Limits;
import meower.standalone.proxy.WebOrigin;
import meower.standalone.stack.Instance;
import meower.standalone.stack.Part;
import meower.standalone.stack.ProjectLayout;
import meower.standalone.stack.RunningStack;
import meower.standalone.stack.Stack;
import meower.standalone.stack.StackOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The complete stack on free ports, started once for all tests of the JVM and stopped at its end.
 *
 * <p>Tests share it, so each recognises its own meows by a word that nobody else uses.
 */
public final class RunningMeower {

  /** Where a front end that is not Meower's own may be. */
  static final int FRONT_END_PORT = Ports.free();

  /** Where a program of that name reports what it sees without a secret. */
  public static final CallbackDoor CALLBACK = new CallbackDoor(Ports.free(), "callback-tester");

  /** The machine may have other things to do. */
  private static @Nullable RunningMeower instance;

  private static boolean isTried;

  private final Path data;
  private final Stack stack;

  private RunningMeower(Path data, Stack stack) {
    this.data = data;
    this.stack = stack;
  }

  /** Returns it; when it could not be started once, it is not tried again. */
  public static synchronized RunningMeower get() {
    if (instance == null) {
      assertThat(isTried).as("the stack could not be started, see the first failure").isFalse();
      isTried = true;
      instance = start();
    }
    return instance;
  }

  static synchronized void stopIfStarted() {
    if (instance != null) {
      instance.stack.close();
      FileSystemUtils.deleteRecursively(instance.data.toFile());
    }
  }

  public String url() {
    return FrontDoor.url(stack.ports());
  }

  /** The same, for WebSockets. */
  public String socketUrl() {
    return url().replaceFirst("http", "ws");
  }

  /** Where a part is asked by clients. */
  public int port(Part part) {
    return part == Part.NGINX
        ? FrontDoor.port(stack.ports())
        : stack.ports().of(Instance.first(part));
  }

  public Path data() {
    return data;
  }

  /** The way to its servers. */
  public Access access() {
    return new Access(stack.ports(), new DataFolder(data));
  }

  public Stack stack() {
    return stack;
  }

  /** Brings back whatever a test has stopped or paused: all at once, as one waits for another. */
  public void restore() {
    List<CompletableFuture<Void>> restored =
        Arrays.stream(Part.values())
            .map(
                part -> CompletableFuture.runAsync(() -> restore(part), Thread::startVirtualThread))
            .toList();
    try {
      restored.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    stack.awaitHealthy(Duration.ofMinutes(1));
  }

  private void restore(Part part) {
    if (stack.isAlive(part)) {
      stack.resume(part);
    } else {
      stack.start(part);
    }
  }

  private static RunningMeower start() {
    try {
      Path data = Files.createTempDirectory("meower-e2e");
      ProjectLayout project = ProjectLayout.find();
      Preparation.prepare(project);
      StackOptions options =
          new StackOptions(data, FrontDoor.free(1)).with(Limits.NOT_FOR_THIS_MACHINE).with(doors());
      Stack stack = new Stack(project, options, line -> System.out.println("stack: " + line));
      // For a JVM that is ended from outside; the usual end is StopAfterTests.
      Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop-stack"));
      return started(options, stack);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Doors doors() {
    return Doors.OPEN
        .withAllowedOrigins(List.of(new WebOrigin("http://localhost:" + FRONT_END_PORT)))
        .withCallback(CALLBACK);
  }

  /** What has been started is stopped when the rest cannot be. */
  private static RunningMeower started(StackOptions options, Stack stack) throws IOException {
    try {
      stack.start((part, after) -> System.out.println("stack: " + part + " after " + after));
      DataFolder folder = new DataFolder(options.data());
      FrontDoor.trust(options);
      new PidFile(folder.pidFile("launcher")).write(ProcessHandle.current());
      RunningStack.announce(folder, stack.ports());
      return new RunningMeower(options.data(), stack);
    } catch (IOException | RuntimeException e) {
      stack.close();
      throw e;
    }
  }
}
