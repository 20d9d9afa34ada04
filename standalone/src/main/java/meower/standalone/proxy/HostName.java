package meower.standalone.proxy;

import java.util.Locale;

/**
 * A name by which a machine is reached.
 *
 * @param text without a port
 */
public record HostName(String text) {
  /**
   * Takes what somebody has typed.
   *
   * @throws IllegalArgumentException when it is none
   */
  public HostName {
    if (!text.matches("[0-9A-Za-z._-]{1,253}")) {
      throw new IllegalArgumentException(
          "a host is a name like meower.example, without a port, not " + text);
    }
    text = text.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return text;
  }
}
