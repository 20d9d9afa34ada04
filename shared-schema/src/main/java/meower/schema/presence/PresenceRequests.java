package meower.schema.presence;

/** The subjects under which the program service is asked, outside of what any stream takes in. */
public final class PresenceRequests {

  /** Say whether this could be defined: {@link StatusUrl}, nothing. */
  public static final String CHECK = "program.presence-check";

  /** Define where the objects of a program are looked up: {@link StatusUrl}, nothing. */
  public static final String DEFINE = "program.presence-define";

  private PresenceRequests() {}
}
