package meower.operations.connection;

/** How a command ends, for scripts. */
public final class ExitStatus {

  /** All is as it should be. */
  public static final int FINE = 0;

  /** Something is not as it should be. */
  public static final int FOUND = 1;

  /** The command could not do its work. */
  public static final int FAILED = 2;

  private ExitStatus() {}
}
