package meower.schema.program;

import tools.jackson.databind.json.JsonMapper;

/**
 * The subjects under which the command service is asked about programs, outside of what any stream
 * takes in, and the JSON form of the questions and answers.
 */
public final class ProgramRequests {

  /** Make one: {@link NewProgram}, {@link IssuedSecret}. */
  public static final String ADD = "command.program-add";

  /** Give one another secret: {@link NewSecret}, {@link IssuedSecret}. */
  public static final String ROTATE = "command.program-rotate";

  /** End one: its name, {@link ProgramList} with what was removed. */
  public static final String REMOVE = "command.program-remove";

  /** Who there is: nothing, {@link ProgramList}. */
  public static final String LIST = "command.program-list";

  /** Told to all services, and kept by nobody: the program of this name is another one now. */
  public static final String CHANGED = "program.changed";

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private ProgramRequests() {}

  /** Reads the JSON form. */
  public static <T> T decode(byte[] json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }

  /** Returns the JSON form. */
  public static byte[] encode(Object message) {
    return MAPPER.writeValueAsBytes(message);
  }
}
