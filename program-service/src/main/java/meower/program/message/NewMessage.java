package meower.program.message;

import java.time.Duration;

/**
 * A message that is to be published.
 *
 * @param delay after which it can be fetched
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
record NewMessage(byte[] body, String contentType, Form form, Duration delay) {

  static final int MOST_BYTES = 64 * 1024;
  static final Duration LONGEST_DELAY = Duration.ofHours(12);

  static NewMessage of(byte[] body, String contentType, Duration delay) {
    return new NewMessage(body, contentType, Form.of(body, contentType), delay);
  }
}
