package meower.standalone.launcher;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import meower.standalone.stack.Part;

/**
 * Which lines a person wants to see: all of a service, of a server only what somebody may have to
 * act on.
 */
final class LineFilter {
  private static final Pattern POSTGRES = Pattern.compile("\\b(WARNING|ERROR|FATAL|PANIC):");
  private static final Pattern NATS = Pattern.compile("\\[(WRN|ERR|FTL)]");
  private static final Pattern ELASTICSEARCH = Pattern.compile("\\[(ERROR|FATAL) *]|^ERROR:");
  private static final Pattern NGINX = Pattern.compile("\\[(warn|error|crit|alert|emerg)]");

  private LineFilter() {}

  static Predicate<String> of(Part part) {
    return switch (part) {
      case POSTGRES -> POSTGRES.asPredicate();
      case NATS -> NATS.asPredicate();
      case ELASTICSEARCH -> ELASTICSEARCH.asPredicate();
      case NGINX -> NGINX.asPredicate();
      case COMMAND, QUERY, PUSHER, PROGRAM -> line -> !line.isBlank();
    };
  }
}
