package meower.query.rebuild;

import java.util.List;
import java.util.OptionalLong;

/**
 * How an index compares with the stream, and with the index that is read.
 *
 * @param upTo up to which sequence they were compared
 * @param missing the sequences of meows that it should have and has not, the first of them
 * @param count how many meows it has
 * @param countOfRead how many the index has that is read; nothing when that one is of another epoch
 */
record ComparisonResult(long upTo, List<Long> missing, long count, OptionalLong countOfRead) {

  ComparisonResult {
    missing = List.copyOf(missing);
  }

  /** Tells whether readers who follow to the index lose nothing. */
  boolean isFit() {
    return missing.isEmpty() && !hasFewer();
  }

  /** What the stream does not have any more, only the index that is read can tell. */
  boolean hasFewer() {
    return count < countOfRead.orElse(0);
  }
}
