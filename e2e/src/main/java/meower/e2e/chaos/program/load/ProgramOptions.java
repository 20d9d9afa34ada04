package meower.e2e.chaos.program.load;

/**
 * How much programs do at the same time, when each call is answered at once.
 *
 * @param said meows per second over sockets
 * @param messages per second that are published into the queue that workers empty; a fifth as many
 *     go into each of the others
 * @param sightings per second
 */
public record ProgramOptions(int said, int messages, int sightings) {

  public ProgramOptions {
    if (said < 1 || messages < 1 || sightings < 1) {
      throw new IllegalArgumentException(
          "--said, --messages and --sightings are at least 1 a second");
    }
  }

  /** What a run has if nothing else is said. */
  public static final ProgramOptions USUAL = new ProgramOptions(10, 20, 10);
}
