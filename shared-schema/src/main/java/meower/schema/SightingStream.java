package meower.schema;

/**
 * The JetStream stream of sightings: that a program has heard of an object, and its status has to
 * be looked up. One message for each object; a newer one replaces it, and it is gone when it is
 * acknowledged.
 */
public final class SightingStream {

  /** The stream's name. */
  public static final String NAME = "SIGHTINGS";

  /** What the stream takes in: program, and id as Base64 for addresses. */
  public static final String SUBJECTS = "sighting.*.*";

  private static final String PREFIX = "sighting.";

  private SightingStream() {}

  /**
   * Returns the subject of the sightings of an object.
   *
   * @param program its name, {@code [a-z0-9-]{1,60}}
   * @param token the object's id in Base64 for addresses, without padding; or {@code *} for all
   */
  public static String subject(String program, String token) {
    return PREFIX + program + "." + token;
  }

  /** Returns the name of the consumer that all instances share for a program. */
  public static String consumer(String program) {
    return "look-ups-" + program;
  }
}
