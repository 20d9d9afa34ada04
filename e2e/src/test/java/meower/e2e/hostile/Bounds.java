package meower.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import meower.standalone.stack.Part;

/** How much strangers may make a part grow. */
public final class Bounds {

  /** A service has a heap of at most 192 MiB; the rest is its code, stacks and buffers. */
  private static final long MOST_RESIDENT_MIB = 480;

  /** Its heap may grow to 640 MiB, for 20,000 browsers. */
  private static final long MOST_RESIDENT_PUSHER_MIB = 928;

  private static final long HEAP_MIB = 24;

  /** Thousands of connections that are still open take some memory each. */
  static final long WHILE_ATTACKED_MIB = 100;

  private static final long THREADS = 24;

  /** nginx keeps some connections to each service for later. */
  private static final long DESCRIPTORS = 100;

  private Bounds() {}

  public static void assertNoGrowth(Vitals was, Vitals is) {
    assertBounded(is);
    assertThat(is.heap()).as("heap of %s", is).isLessThanOrEqualTo(was.heap() + HEAP_MIB);
    assertThat(is.threads()).as("threads of %s", is).isLessThanOrEqualTo(was.threads() + THREADS);
    assertThat(is.descriptors())
        .as("descriptors of %s", is)
        .isLessThanOrEqualTo(was.descriptors() + DESCRIPTORS);
  }

  static void assertBounded(Vitals is) {
    long most = is.part() == Part.PUSHER ? MOST_RESIDENT_PUSHER_MIB : MOST_RESIDENT_MIB;
    assertThat(is.resident()).as("memory of %s", is).isLessThan(most);
  }
}
