package meower.nats;

import io.nats.client.JetStreamApiException;

/** What a request to JetStream names and is not there: often an answer, and no failure. */
public enum NotFound {
  STREAM(10059),
  CONSUMER(10014),
  MESSAGE(10037);

  private final int code;

  NotFound(int code) {
    this.code = code;
  }

  /** Tells whether a request was refused for that. */
  public boolean isReasonOf(JetStreamApiException refusal) {
    return refusal.getApiErrorCode() == code;
  }
}
