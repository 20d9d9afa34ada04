package meower.schema;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where in the stream the earlier events of a meow are: what the messages of edits and deletions
 * say in the header {@value #HEADER}.
 *
 * <p>It stands in a header and not in the payload because sequences belong to one epoch of the
 * stream, while an event stays the same for ever.
 *
 * @param sequences ascending, none for the first event of a meow that the stream has
 */
public record EarlierSequences(List<Long> sequences) {

  /** The header of a message that says them, for example {@code 500,720}. */
  public static final String HEADER = "Meower-Earlier";

  /** No event of the meow is known to be earlier. */
  public static final EarlierSequences NONE = new EarlierSequences(List.of());

  private static final Pattern TEXT = Pattern.compile("[1-9][0-9]{0,17}(,[1-9][0-9]{0,17}){0,99}");

  /**
   * @throws IllegalArgumentException if the sequences do not ascend
   */
  public EarlierSequences {
    sequences = List.copyOf(sequences);
    for (int i = 1; i < sequences.size(); i++) {
      if (sequences.get(i) <= sequences.get(i - 1)) {
        throw new IllegalArgumentException("the sequences ascend");
      }
    }
  }

  /**
   * Reads the value of the header.
   *
   * @throws MalformedEventException if it is not of this form
   */
  public static EarlierSequences parse(String header) throws MalformedEventException {
    if (!TEXT.matcher(header).matches()) {
      throw new MalformedEventException(HEADER + " is malformed", null);
    }
    try {
      return new EarlierSequences(Arrays.stream(header.split(",")).map(Long::valueOf).toList());
    } catch (IllegalArgumentException e) {
      throw new MalformedEventException(HEADER + " is malformed", e);
    }
  }

  /** Tells whether there are none. */
  public boolean isEmpty() {
    return sequences.isEmpty();
  }

  /** Returns the place of the meow in the timeline: the sequence of its first event. */
  public OptionalLong place() {
    return isEmpty() ? OptionalLong.empty() : OptionalLong.of(sequences.getFirst());
  }

  /** Returns the value of the header. */
  @Override
  public String toString() {
    return sequences.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
