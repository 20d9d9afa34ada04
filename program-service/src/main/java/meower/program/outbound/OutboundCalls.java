package meower.program.outbound;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Proxy;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import meower.web.ProblemException;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Makes every call to an address that a program chose, so that no program reaches through Meower
 * what it could not reach by itself.
 *
 * <p>Encrypted, to the internet at large; in networks that the operator allows also plain, and
 * never to a part of Meower. No proxy, no redirects, no cookies, one deadline over everything, and
 * no more of the answer than was asked for.
 */
@Component
public final class OutboundCalls {

  private static final String AGENT = "Meower";
  private static final Duration NAME_TIMEOUT = Duration.ofSeconds(3);
  private static final int MOST_IDLE = 100;
  private static final int LONGEST_URL = 2000;

  private final AddressRules rules;
  private final OkHttpClient encrypted;
  private final OkHttpClient plain;

  @Autowired
  OutboundCalls(OutboundProperties properties, OwnPorts ownPorts) {
    this(
        new AddressRules(
            properties.allowedNetworks().stream().map(Network::of).toList(),
            ownPorts::holds,
            OutboundCalls::isOfThisMachine),
        Dns.SYSTEM);
  }

  OutboundCalls(AddressRules rules, Dns resolver) {
    this.rules = rules;
    OkHttpClient both =
        new OkHttpClient.Builder()
            .proxy(Proxy.NO_PROXY)
            .followRedirects(false)
            .followSslRedirects(false)
            .dns(new BoundedDns(resolver, NAME_TIMEOUT))
            .connectionPool(new ConnectionPool(MOST_IDLE, 30, TimeUnit.SECONDS))
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .build();
    this.encrypted = both.newBuilder().socketFactory(new GuardedSockets(rules, true)).build();
    this.plain =
        both.newBuilder()
            .socketFactory(new GuardedSockets(rules, false))
            .connectionPool(new ConnectionPool(MOST_IDLE, 30, TimeUnit.SECONDS))
            .build();
  }

  private static boolean isOfThisMachine(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return true; // Nobody can say that it is not.
    }
  }

  /**
   * Says whether a program may choose this address. What a name stands for is looked at when it is
   * called: it may be something else by then.
   *
   * @throws ProblemException 400 {@code unsafe-url} if not
   */
  public void require(String url) {
    HttpUrl read = HttpUrl.parse(url);
    if (read == null || url.length() > LONGEST_URL) {
      throw unsafe("A URL is https://, a name and a path, at most " + LONGEST_URL + " characters.");
    }
    if (!read.username().isEmpty() || !read.password().isEmpty()) {
      throw unsafe("Leave name and password out of the URL.");
    }
    Optional<InetAddress> literal = literal(read.host());
    if (literal.isPresent()) {
      if (!rules.permits(literal.get(), read.port(), read.isHttps())) {
        throw unsafe(
            "Meower does not call this address. Over https it calls the internet at large; any other"
                + " network has to be in the operator's meower.outbound.allowed-networks, and"
                + " Meower's own ports are never called.");
      }
    }
  }

  private static Optional<InetAddress> literal(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static ProblemException unsafe(String detail) {
    return new ProblemException(
        HttpStatus.BAD_REQUEST, "unsafe-url", "The URL may not be called", detail);
  }

  /**
   * Asks a server.
   *
   * @param deadline for all of it: name, connection, request, answer
   * @param most so many bytes the body may have
   * @throws CallFailedException if there is no answer in time, it is longer, or the address may not
   *     be called
   */
  public OutboundAnswer get(String url, Duration deadline, int most) throws CallFailedException {
    HttpUrl read = read(url);
    Request request = request(read).header("Accept", "application/json").build();
    try (Response response = client(read, deadline).newCall(request).execute()) {
      String body = body(response, most);
      return new OutboundAnswer(response.code(), body, System.nanoTime());
    } catch (IOException e) {
      throw new CallFailedException(reason(e), e);
    }
  }

  /**
   * Brings something to a server.
   *
   * @param headers further ones, names and values
   * @param contentType of the body, sent as it is
   * @param deadline for all of it: name, connection, request, answer
   * @param most so many bytes of the answer are read; what comes behind them is left unread
   * @throws CallFailedException if there is no answer in time, or the address may not be called
   */
  public PostAnswer post(
      String url,
      Map<String, String> headers,
      String contentType,
      byte[] body,
      Duration deadline,
      int most)
      throws CallFailedException {
    HttpUrl read = read(url);
    Request.Builder request =
        request(read).header("Content-Type", contentType).post(RequestBody.create(body));
    headers.forEach(request::header);
    try (Response response = client(read, deadline).newCall(request.build()).execute()) {
      byte[] beginning = response.body().byteStream().readNBytes(most);
      return new PostAnswer(
          response.code(),
          new String(beginning, StandardCharsets.UTF_8),
          Optional.ofNullable(response.header("Retry-After")));
    } catch (IOException e) {
      throw new CallFailedException(reason(e), e);
    }
  }

  private static HttpUrl read(String url) throws CallFailedException {
    HttpUrl read = HttpUrl.parse(url);
    if (read == null || !read.username().isEmpty() || !read.password().isEmpty()) {
      throw new CallFailedException("unsafe-url", new RefusedAddressException());
    }
    return read;
  }

  private static Request.Builder request(HttpUrl url) {
    return new Request.Builder()
        .url(url)
        .header("User-Agent", AGENT)
        .header("Accept-Encoding", "identity");
  }

  private OkHttpClient client(HttpUrl url, Duration deadline) {
    return (url.isHttps() ? encrypted : plain)
        .newBuilder()
        .callTimeout(deadline)
        .connectTimeout(deadline)
        .build();
  }

  private static String body(Response response, int most) throws IOException {
    byte[] body = response.body().byteStream().readNBytes(most + 1);
    if (body.length > most) {
      throw new IOException("the answer has more than " + most + " bytes");
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Tells as much as whoever chose the address may know. */
  private static String reason(IOException failure) {
    if (has(failure, RefusedAddressException.class::isInstance)) {
      return "unsafe-url";
    }
    if (has(failure, UnknownHostException.class::isInstance)) {
      return "unknown host";
    }
    if (has(failure, InterruptedIOException.class::isInstance)) {
      return "no answer in time";
    }
    if (has(failure, SSLException.class::isInstance)) {
      return "no trusted connection";
    }
    return has(failure, SocketException.class::isInstance) ? "no connection" : "no HTTP answer";
  }

  private static boolean has(Throwable failure, Predicate<Throwable> kind) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.test(cause)) {
        return true;
      }
    }
    return false;
  }
}
