package meower.query.view;

/** The view ends before a meow that the request goes on from; another instance has shown it. */
public final class BehindException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * @param meow which one, in words
   */
  public BehindException(View view, String meow) {
    super(view + " does not reach " + meow);
  }
}
