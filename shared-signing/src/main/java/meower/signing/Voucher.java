package meower.signing;

/**
 * What stands for the secret of a program that cannot show one: whoever has the keys of the passes
 * vouches for it. It is good for as long as these keys are, and the program is there.
 */
public final class Voucher {

  private static final String PREFIX = "mwv_";
  private static final String PURPOSE = "voucher";

  private Voucher() {}

  /** Returns that for a program: 47 characters that need no escaping anywhere. */
  public static String of(String program, Signatures keys) {
    return PREFIX + keys.sign(PURPOSE, program);
  }

  /** Tells whether a secret claims to be one. */
  public static boolean isOne(String secret) {
    return secret.startsWith(PREFIX);
  }

  /** Tells whether a secret is one for the program, made with one of the keys. */
  public static boolean isGood(String secret, String program, Signatures keys) {
    return isOne(secret) && keys.verify(PURPOSE, program, secret.substring(PREFIX.length()));
  }
}
