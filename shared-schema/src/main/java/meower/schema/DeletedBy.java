package meower.schema;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who took a meow back. */
public enum DeletedBy {
  /** Whoever had posted it. */
  AUTHOR,
  /** Somebody who looks after the feed. */
  MODERATOR,
  /** Whoever runs Meower. */
  OPERATOR;

  /** Reads the text form; empty when it is none of them. */
  public static Optional<DeletedBy> parse(String text) {
    return Arrays.stream(values()).filter(by -> by.text().equals(text)).findFirst();
  }

  /** Returns the text form, as events and clients say it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
