package meower.standalone.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Finds out which TCP ports of the loopback interface are free. */
public final class Ports {
  /**
   * Below the range from which systems choose ports for outgoing connections: one of those could
   * take the port of a server that is down for a moment.
   */
  private static final int LOWEST = 10_000;

  private static final int BELOW = 32_000;
  private static final int HIGHEST = 65_535;
  private static final int ATTEMPTS = 1_000;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /** A port that nobody listened on a moment ago, each time another one. */
  public static int free() {
    return firstOfFree(1);
  }

  /** The first of so many free ports in a row. */
  public static int firstOfFree(int count) {
    IntPredicate usable = port -> isFree(port) && GIVEN.add(port);
    return ThreadLocalRandom.current()
        .ints(ATTEMPTS, LOWEST, BELOW)
        .filter(first -> IntStream.range(first, first + count).allMatch(usable))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no free ports on the loopback interface"));
  }

  /**
   * Refuses what is the number of no port.
   *
   * @throws IllegalArgumentException with a message for the person who typed it
   */
  public static void require(int port) {
    if (port < 1 || port > HIGHEST) {
      throw new IllegalArgumentException("a port is between 1 and " + HIGHEST + ", not " + port);
    }
  }

  public static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      // Connections of an earlier run that are still in TIME_WAIT do not make a port taken.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
