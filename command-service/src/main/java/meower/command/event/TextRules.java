package meower.command.event;

/** Which texts a meow may have. */
@FunctionalInterface
public interface TextRules {

  /** Tells whether a meow may have exactly this text. */
  boolean allow(String body);
}
