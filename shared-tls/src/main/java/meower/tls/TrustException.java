package meower.tls;

/** Nobody can be believed to be the right server; the message says why, and what to do. */
public final class TrustException extends RuntimeException {

  private static final long serialVersionUID = 1;

  TrustException(String message) {
    super(message);
  }

  TrustException(String message, Throwable cause) {
    super(message + " (" + cause.getMessage() + ")", cause);
  }
}
