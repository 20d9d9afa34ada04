package meower.standalone.process;

import java.util.List;

/**
 * Keeps Ctrl+C away from the servers: a terminal sends it to its whole session, and then everything
 * would end at once instead of in order. Where there is no setsid (macOS) that has to do.
 */
public final class OwnSession {
  private static final List<String> PREFIX =
      Executables.find("setsid").map(setsid -> List.of(setsid.toString())).orElse(List.of());

  private OwnSession() {}

  public static List<String> prefix() {
    return PREFIX;
  }
}
