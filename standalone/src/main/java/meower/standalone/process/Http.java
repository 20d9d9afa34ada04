package meower.standalone.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a server on this machine how it is. */
public final class Http {
  private static final int TIMEOUT_MILLIS = 2_000;

  private Http() {}

  /** Whether a GET is answered with 200, now. */
  public static boolean isOk(String url) {
    return status(url) == HttpURLConnection.HTTP_OK;
  }

  /** The status of the answer to a GET; 0 when there is none within two seconds. */
  public static int status(String url) {
    try {
      var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setInstanceFollowRedirects(false);
      try {
        return Math.max(0, connection.getResponseCode());
      } finally {
        connection.disconnect();
      }
    } catch (IOException _) {
      return 0;
    }
  }
}
