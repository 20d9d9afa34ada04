package meower.operations.connection;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import meower.text.Printable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where the operator reads, and the only way of a command there. What strangers have written cannot
 * steer it, and a line breaks only where the command says so.
 */
public final class Terminal {

  private final CommandSpec spec;

  public Terminal(CommandSpec spec) {
    this.spec = spec;
  }

  /** Says a line of the result. */
  public void say(String line) {
    print(spec.commandLine().getOut(), line);
  }

  /** Says a line beside the result, which a script does not read. */
  public void remark(String line) {
    print(spec.commandLine().getErr(), line);
  }

  /** Says why the command could not do its work. */
  public void fail(String reason) {
    remark("meower: " + reason);
  }

  /** Asks, and leaves the rest of the line for the answer. */
  public void ask(String question) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(Printable.line(question));
    out.flush();
  }

  private static void print(PrintWriter to, String line) {
    to.println(Printable.line(line));
    to.flush();
  }

  /** Returns a writer of the result for what is not said here, like the help. */
  public static PrintWriter out() {
    return guarded(System.out);
  }

  /** Returns a writer beside the result for what is not said here, like wrong arguments. */
  public static PrintWriter err() {
    return guarded(System.err);
  }

  private static PrintWriter guarded(PrintStream stream) {
    return new PrintWriter(new Guarded(new OutputStreamWriter(stream, stream.charset())), true);
  }

  private static final class Guarded extends Writer {

    private final Writer out;

    Guarded(Writer out) {
      this.out = out;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      out.write(Printable.lines(new String(text, offset, length)));
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
