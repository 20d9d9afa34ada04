package meower.query.index;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names an index of meows: {@code meows-v<mapping version>-<epoch>-<generation>}.
 *
 * <p>The sequences inside belong to one epoch of the stream, so another epoch is another index, as
 * is another mapping. A rebuild makes the next generation.
 *
 * @param mappingVersion which mapping it has, 1 or more
 * @param epoch the epoch of the stream that it holds, see {@link meower.schema.Position}
 * @param generation how often it was rebuilt, from 1 up; 0 is an index from before there were
 *     generations, whose name ends with the epoch
 */
public record IndexName(int mappingVersion, String epoch, int generation) {

  private static final Pattern TEXT =
      Pattern.compile("meows-v([1-9][0-9]{0,5})-([0-9a-z]{1,32})(?:-([1-9][0-9]{0,8}))?");

  /** Reads the text form; empty when it is not one. */
  public static Optional<IndexName> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    @Nullable String generation = matcher.group(3);
    return Optional.of(
        new IndexName(
            Integer.parseInt(matcher.group(1)),
            matcher.group(2),
            generation == null ? 0 : Integer.parseInt(generation)));
  }

  /** Returns the alias through which it is written. */
  public String writeAlias() {
    return this + "-write";
  }

  /** Returns the alias through which it is written as long as nobody reads it. */
  public String fillAlias() {
    return this + "-fill";
  }

  @Override
  public String toString() {
    return "meows-v" + mappingVersion + "-" + epoch + (generation == 0 ? "" : "-" + generation);
  }
}
