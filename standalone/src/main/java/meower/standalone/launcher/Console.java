package meower.standalone.launcher;

import java.io.PrintStream;
import java.util.Optional;
import meower.standalone.stack.Instance;
import meower.standalone.stack.Part;
import meower.text.Printable;

/**
 * Where the person reads, and the only way there: every line with the name of the part that says
 * it, in its colour on a terminal. What strangers have written cannot steer it.
 */
public final class Console {
  private static final int WARNING_COLOUR = 31;
  private static final int NAME_WIDTH = 13;

  private final PrintStream out;
  private final boolean colours;

  Console(PrintStream out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  public static Console ofThisProcess() {
    boolean terminal =
        Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal).isPresent();
    return new Console(System.out, terminal && System.getenv("NO_COLOR") == null);
  }

  public void say(String line) {
    var printable = Printable.line(line);
    out.println(colours ? "\u001b[1m" + printable + "\u001b[0m" : printable);
    out.flush();
  }

  /** Says what is wrong, which may take several lines. */
  public void warn(String lines) {
    lines.lines().forEach(line -> out.println(coloured(WARNING_COLOUR, Printable.line(line))));
    out.flush();
  }

  /** Passes on lines that others have written, as they are otherwise. */
  void pass(String line) {
    out.println(Printable.line(withoutTabs(line)));
    out.flush();
  }

  void show(Instance instance, String line) {
    String label = instance.label();
    String name = label + " ".repeat(NAME_WIDTH - label.length());
    out.println(
        coloured(colourOf(instance.part()), name + "| ") + Printable.line(withoutTabs(line)));
    out.flush();
  }

  /** A stack trace has them. */
  private static String withoutTabs(String line) {
    return line.replace("\t", "    ");
  }

  private static int colourOf(Part part) {
    return switch (part) {
      case COMMAND -> 36;
      case QUERY -> 35;
      case PUSHER -> 32;
      case PROGRAM -> 96;
      case POSTGRES -> 34;
      case NATS -> 94;
      case ELASTICSEARCH -> 33;
      case NGINX -> 90;
    };
  }

  private String coloured(int colour, String text) {
    return colours ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
  }
}
