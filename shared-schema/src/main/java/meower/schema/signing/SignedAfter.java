package meower.schema.signing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of the stream says of it, in its description: every event after a position is
 * signed. NATS keeps it, and who could change it has no key to sign something else.
 *
 * @param position after which nothing unsigned is believed
 */
public record SignedAfter(Position position) {

  private static final Pattern TEXT = Pattern.compile("signed after ([0-9]{1,18}) (\\S{1,100})");

  /** Returns the description of the stream that says so. */
  public String description(EventSignatures signatures) {
    return "signed after %d %s".formatted(position.sequence(), signatures.sign(position));
  }

  /** Reads the description of a stream of an epoch; empty when it does not say so. */
  public static Optional<SignedAfter> parse(
      String epoch, @Nullable String description, EventSignatures signatures) {
    Matcher matcher = TEXT.matcher(description == null ? "" : description);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Position position = new Position(epoch, Long.parseLong(matcher.group(1)));
    return signatures.verify(position, matcher.group(2))
        ? Optional.of(new SignedAfter(position))
        : Optional.empty();
  }

  /** Tells whether a description is meant to say so, whoever has written it. */
  public static boolean isSaid(@Nullable String description) {
    return description != null && description.startsWith("signed after ");
  }
}
