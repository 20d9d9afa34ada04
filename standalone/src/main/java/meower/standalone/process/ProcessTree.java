package meower.standalone.process;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process with everything it started: Postgres, nginx and Elasticsearch each consist of several.
 */
public record ProcessTree(ProcessHandle root) {
  private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

  /** Asks the root to stop and, when it does not within the grace period, kills all of it. */
  public void stop(String signal, Duration grace) throws InterruptedException {
    var members = members();
    signal(signal, Stream.of(root));
    signal("CONT", members.stream()); // a paused process would not hear it
    if (!awaitEnd(members, grace)) {
      members.addAll(freeze());
      kill(members);
    }
  }

  public void kill() throws InterruptedException {
    kill(freeze());
  }

  /** Kills what a process that has ended left behind in its group; each server leads one. */
  public static void killGroup(long leader) throws InterruptedException {
    signal("KILL", List.of("-" + leader));
  }

  /** Stops the clock for all of it; sockets stay open and answer nothing. */
  public void pause() throws InterruptedException {
    freeze();
  }

  /** Tells the root to read its files again (SIGHUP). */
  public void hangUp() throws InterruptedException {
    signal("HUP", Stream.of(root));
  }

  public void resume() throws InterruptedException {
    signal("CONT", members().stream());
  }

  /** A process that starts others meanwhile hands over to them: so until nobody new is there. */
  private Set<ProcessHandle> freeze() throws InterruptedException {
    var frozen = new LinkedHashSet<ProcessHandle>();
    for (var found = members(); frozen.addAll(found); found = members()) {
      signal("STOP", found.stream());
    }
    return frozen;
  }

  private Set<ProcessHandle> members() {
    return Stream.concat(Stream.of(root), root.descendants())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private void kill(Set<ProcessHandle> members) throws InterruptedException {
    signal("KILL", members.stream().filter(ProcessHandle::isAlive));
    if (!awaitEnd(members, KILL_TIMEOUT)) {
      throw new ServerFailedException("process " + root.pid() + " cannot be killed", List.of());
    }
  }

  private static boolean awaitEnd(Set<ProcessHandle> members, Duration timeout)
      throws InterruptedException {
    var ends = members.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot wait for a process", e);
    }
  }

  /** Java can only send SIGTERM and SIGKILL itself. */
  private static void signal(String signal, Stream<ProcessHandle> processes)
      throws InterruptedException {
    signal(signal, processes.map(p -> Long.toString(p.pid())).toList());
  }

  private static void signal(String signal, List<String> targets) throws InterruptedException {
    if (targets.isEmpty()) {
      return;
    }
    var command =
        Stream.concat(
                Stream.of("sh", "-c", "kill -s " + signal + " -- \"$@\" 2>/dev/null", "kill"),
                targets.stream())
            .toList();
    try {
      new ProcessBuilder(command).start().waitFor();
    } catch (IOException e) {
      throw new ServerFailedException("cannot send SIG" + signal, e);
    }
  }
}
