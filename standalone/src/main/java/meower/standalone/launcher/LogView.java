package meower.standalone.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import meower.standalone.stack.Instance;
import meower.standalone.stack.Stack;

/** Shows the logs of all parts as one. */
final class LogView implements AutoCloseable {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(150);

  private final Stack stack;
  private final Console console;
  private final List<LogTail> tails = new ArrayList<>();
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("logs").daemon().factory());

  LogView(Stack stack, Console console) {
    this.stack = stack;
    this.console = console;
  }

  /** Shows what is logged from now on. */
  void start() throws IOException {
    for (var instance : stack.ports().all()) {
      var filter = LineFilter.of(instance.part());
      tails.add(new LogTail(stack.server(instance).log(), line -> show(instance, line, filter)));
    }
    for (var log : stack.requestLogs()) {
      tails.add(new LogTail(log, _ -> {}));
    }
    var _ =
        scheduler.scheduleWithFixedDelay(
            this::poll, 0, POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void show(Instance instance, String line, Predicate<String> filter) {
    if (filter.test(line)) {
      console.show(instance, line);
    }
  }

  private void poll() {
    for (var tail : tails) {
      try {
        tail.poll();
      } catch (IOException e) {
        console.warn("cannot read a log: " + e.getMessage());
      }
    }
  }

  /** Shows what is still unread. */
  @Override
  public void close() {
    scheduler.close();
    poll();
  }
}
