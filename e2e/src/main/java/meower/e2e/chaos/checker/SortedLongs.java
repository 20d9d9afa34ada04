package meower.e2e.chaos.checker;

import java.util.Arrays;
import java.util.Collection;

/** Different numbers that can be counted. */
final class SortedLongs {

  private final long[] values;

  SortedLongs(Collection<Long> values) {
    this.values = values.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  /** How many are between two numbers and are neither. */
  int between(long after, long before) {
    return lower(before) - lower(after + 1);
  }

  private int lower(long value) {
    int found = Arrays.binarySearch(values, value);
    return found < 0 ? -1 - found : found;
  }
}
