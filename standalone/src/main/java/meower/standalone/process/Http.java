package meower.standalone.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
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
   * Whether a GET over TLS is answered with 200, now.
   *
   * @param authorization as the header says it
   */
  public static boolean isOk(String url, SSLContext trusted, String authorization) {
    return status(
            url,
            connection -> {
              connection.setRequestProperty("Authorization", authorization);
              if (connection instanceof HttpsURLConnection secure) {
                secure.setSSLSocketFactory(trusted.getSocketFactory());
              }
            })
        == HttpURLConnection.HTTP_OK;
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
