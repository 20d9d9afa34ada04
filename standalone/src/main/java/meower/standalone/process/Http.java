package meower.standalone.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;

/** Asks a server on this machine how it is. */
public final class Http {
  private static final int TIMEOUT_MILLIS = 2_000;

  private Http() {}

  /** Whether a GET is answered with 200, now. */
  public static boolean isOk(String url) {
    return status(url) == HttpURLConnection.HTTP_OK;
  }

  /**
   * Whether somebody's GET is answered with 200, now.
   *
   * @param authorization as the header says it
   * @param trusted whom to believe over TLS
   */
  public static boolean isOk(String url, String authorization, Optional<SSLContext> trusted) {
    return status(
            url,
            connection -> {
              connection.setRequestProperty("Authorization", authorization);
              if (connection instanceof HttpsURLConnection secure) {
                secure.setSSLSocketFactory(trusted.orElseThrow().getSocketFactory());
              }
            })
        == HttpURLConnection.HTTP_OK;
  }

  /** A name and a password, as the header {@code Authorization} says them. */
  public static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** The status of the answer to a GET; 0 when there is none within two seconds. */
  public static int status(String url) {
    return status(url, _ -> {});
  }

  private static int status(String url, Consumer<HttpURLConnection> preparation) {
    try {
      var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      preparation.accept(connection);
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
