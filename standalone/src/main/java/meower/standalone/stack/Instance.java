package meower.standalone.stack;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One running copy of a part, the unit of what is started and ended: a server and nginx have one,
 * each service may have several beside each other.
 *
 * @param number from 1
 */
public record Instance(Part part, int number) {
  /** There are ports for this many. */
  public static final int MOST = 3;

  public Instance {
    int most = Part.SERVICES.contains(part) ? MOST : 1;
    if (number < 1 || number > most) {
      throw new IllegalArgumentException("no instance " + number + " of " + part.label());
    }
  }

  public static Instance first(Part part) {
    return new Instance(part, 1);
  }

  /** All that a stack consists of, in the order in which they depend on each other. */
  public static List<Instance> all(int ofEachService) {
    return Arrays.stream(Part.values()).flatMap(part -> of(part, ofEachService)).toList();
  }

  private static Stream<Instance> of(Part part, int count) {
    return IntStream.rangeClosed(1, Part.SERVICES.contains(part) ? count : 1)
        .mapToObj(number -> new Instance(part, number));
  }

  /** How it is called in logs, file names and on the command line. */
  public String label() {
    return number == 1 ? part.label() : part.label() + "-" + number;
  }
}
