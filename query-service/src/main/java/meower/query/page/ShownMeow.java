package meower.query.page;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import meower.query.meow.TimelineMeow;

/**
 * A meow as a document shows it.
 *
 * @param title its beginning, in one line
 * @param at when it was posted, in words and in universal time: nobody knows where the reader is
 */
record ShownMeow(
    String url, String title, String body, String createdAt, String at, boolean edited) {

  private static final DateTimeFormatter WORDS =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  static ShownMeow of(TimelineMeow meow, URI base) {
    return new ShownMeow(
        base + "/meows/" + meow.id(),
        meow.headline(),
        meow.body(),
        meow.createdAt(),
        WORDS.format(Instant.parse(meow.createdAt())),
        meow.editedAt() != null);
  }
}
