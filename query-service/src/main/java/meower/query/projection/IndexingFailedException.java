package meower.query.projection;

/** A round of indexing has to be tried again after a pause; what it held has been given back. */
public final class IndexingFailedException extends Exception {

  IndexingFailedException(String message) {
    super(message);
  }
}
