package meower.query.index;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names an index of meows: {@code meows-v<mapping version>-<epoch>}.
 *
 * <p>The sequences inside belong to one epoch of the stream, so another epoch is another index, as
 * is another mapping. Each has a consumer of its own that knows how far it is filled.
 *
 * @param mappingVersion which mapping it has, 1 or more
 * @param epoch which life of the stream it holds, see {@link meower.schema.Position}
 */
public record IndexName(int mappingVersion, String epoch) {

  private static final Pattern TEXT = Pattern.compile("meows-v([1-9][0-9]{0,5})-([0-9a-z]{1,32})");

  /** Reads the text form; empty when it is not one. */
  public static Optional<IndexName> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(new IndexName(Integer.parseInt(matcher.group(1)), matcher.group(2)))
        : Optional.empty();
  }

  /** Returns the name of the consumer that fills it. */
  public String consumer() {
    return "indexer-" + this;
  }

  /** Returns the alias through which it is written. */
  String writeAlias() {
    return this + "-write";
  }

  @Override
  public String toString() {
    return "meows-v" + mappingVersion + "-" + epoch;
  }
}
