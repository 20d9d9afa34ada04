package meower.standalone.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.regex.Pattern;
import meower.standalone.process.Ports;

/**
 * A further port, on loopback only, at which sightings are reported without a secret: for a program
 * whose address is fixed. Everything else is as if it had come to {@code /callback} with one.
 *
 * @param port where it listens
 * @param program whose objects they are
 */
public record CallbackDoor(int port, String program) {
  private static final Pattern PROGRAM = Pattern.compile("[a-z0-9-]{1,60}");

  public CallbackDoor {
    Ports.require(port);
    if (!PROGRAM.matcher(program).matches()) {
      throw new IllegalArgumentException(
          "a program has a name like my-bot: a to z, digits and -, at most 60 of them, not "
              + program);
    }
  }

  /**
   * Returns the server of the proxy that hands on what comes, the client's Host and Origin with it:
   * a browser's page of another origin is refused like everywhere.
   *
   * @param url where the proxy itself is reached; its certificate is its own
   * @param secret of the program
   */
  public String server(String url, String secret) {
    String authorization =
        Base64.getEncoder().encodeToString((program + ":" + secret).getBytes(UTF_8));
    return """
    server {
            listen 127.0.0.1:%d;
            access_log off;
            location = /callback {
                client_max_body_size 1m;
                proxy_set_header Host $http_host;
                proxy_set_header Authorization "Basic %s";
                proxy_pass %s;
            }
            location / {
                return 404 '{"type":"/problems/not-found","title":"Not found","status":404,"detail":"Sightings of the program %s are reported here, with POST /callback. Everything else is at %s."}\n';
            }
        }\
    """
        .formatted(port, authorization, url, program, url);
  }
}
