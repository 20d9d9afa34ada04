package meower.query.view;

/** The view ends before a meow that the request goes on from; another instance has shown it. */
final class BehindException extends RuntimeException {

  private static final long serialVersionUID = 1;

  BehindException(View view, long sequence) {
    super(view + " does not reach " + sequence);
  }
}
