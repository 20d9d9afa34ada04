package meower.web.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.util.stream.Collectors;
import meower.text.Printable;

/**
 * {@code %printableException} of a log pattern: the stack trace. Each line begins with a space or a
 * tab, so that no message of an exception looks like a line of its own.
 */
public final class PrintableException extends ThrowableProxyConverter {

  private static final String TAB = "\t";

  @Override
  protected String throwableProxyToString(IThrowableProxy exception) {
    return super.throwableProxyToString(exception)
        .lines()
        .map(PrintableException::printable)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String printable(String line) {
    return line.startsWith(TAB)
        ? TAB + Printable.line(line.substring(1))
        : " " + Printable.line(line);
  }
}
