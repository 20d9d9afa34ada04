package meower.standalone.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Folders;
import meower.standalone.process.PidFile;
import meower.standalone.process.ServerFailedException;
import meower.standalone.server.NatsVersion;
import meower.standalone.stack.Instance;
import meower.standalone.stack.Orphans;
import meower.standalone.stack.PortInUseException;
import meower.standalone.stack.ProjectLayout;
import meower.standalone.stack.RunningStack;
import meower.standalone.stack.Stack;
import meower.standalone.stack.StackOptions;

/**
 * {@code ./meower up}: starts everything, shows one log, and stops everything when it is asked to
 * end.
 */
public final class Launcher {
  private final Console console;
  private final LauncherOptions options;
  private final DataFolder data;
  private volatile boolean ending;

  private Launcher(Console console, LauncherOptions options) {
    this.console = console;
    this.options = options;
    this.data = new DataFolder(options.data());
  }

  public static void main(String[] arguments) throws Exception {
    var console = Console.ofThisProcess();
    var project = ProjectLayout.find();
    try {
      var options = LauncherOptions.parse(List.of(arguments), project.root().resolve("data"));
      new Launcher(console, options).run(project);
    } catch (IllegalArgumentException e) {
      console.warn("meower: " + e.getMessage());
      System.exit(2);
    } catch (PortInUseException | ServerFailedException e) {
      console.warn("meower: " + e.getMessage());
      System.exit(1);
    }
  }

  private void run(ProjectLayout project) throws IOException, InterruptedException {
    try (var _ = lock()) {
      var launcher = new PidFile(data.pidFile("launcher"));
      launcher.write(ProcessHandle.current());
      new Orphans(data)
          .end()
          .forEach(
              name -> console.say("ended " + name + ", left over from a launcher that was killed"));
      var stack = new StackOptions(options.data(), options.ports()).with(options.doors());
      PortInUseException.check(stack);
      if (options.clean()) {
        deleteData();
      }
      RunningStack.announce(data, options.ports());
      runStack(
          new Stack(project, options.members() ? stack.forMembersOnly() : stack, console::warn));
    }
  }

  private DataLock lock() throws IOException {
    return DataLock.take(data)
        .orElseThrow(() ->
            new ServerFailedException(
                "Meower is already running with the data in "
                    + data.root()
                    + ". Stop it with ./meower down, or use --data DIR and --port N for a second one.",
                List.of()));
  }

  private void runStack(Stack stack) throws IOException, InterruptedException {
    var view = new LogView(stack, console);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stack, view), "stop"));
    try {
      start(stack);
      view.start();
    } catch (ServerFailedException e) {
      if (!ending) {
        throw e;
      }
    }
    new CountDownLatch(1).await(); // the end comes from outside
  }

  private void start(Stack stack) throws IOException {
    long begin = System.nanoTime();
    console.say("Starting Meower (logs and data in " + data.root() + ")");
    stack.start((instance, after) -> {
      if (!ending) {
        console.say("  %-13s ready after %s".formatted(instance.label(), seconds(after)));
      }
    });
    var duration = Duration.ofNanos(System.nanoTime() - begin);
    console.say("");
    console.say(
        "Meower is at %s (started in %s, Ctrl+C stops it)"
            .formatted(stack.url(), seconds(duration)));
    console.say("");
    stack.hints().forEach(console::say);
    NatsVersion.installed().flatMap(NatsVersion::warning).ifPresent(console::warn);
  }

  private void end(Stack stack, LogView view) {
    ending = true;
    console.say("Stopping Meower");
    stack.close();
    view.close();
    try {
      RunningStack.forget(data);
      Files.deleteIfExists(data.pidFile("launcher"));
    } catch (IOException e) {
      console.warn("cannot clean up " + data.run() + ": " + e.getMessage());
    }
    console.say("Stopped");
  }

  /** Only what is ours: the folder may hold other things. */
  private void deleteData() throws IOException {
    for (var instance : Instance.all(Instance.MOST)) {
      Folders.delete(data.of(instance.label()));
    }
    Folders.delete(data.logs());
    data.create();
  }

  private static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toMillis() / 1000.0);
  }
}
