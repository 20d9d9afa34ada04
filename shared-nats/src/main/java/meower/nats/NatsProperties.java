package meower.nats;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How to reach NATS: {@code meower.nats.*}.
 *
 * @param url one or more server addresses, separated by commas. Default {@code
 *     nats://localhost:4222}. With several, the client moves on when one dies.
 * @param replicas on how many servers the streams are kept, 1–5. Default 1. With 1 an event lives
 *     on one disk; a cluster wants 3. Raising it later changes the existing streams at the next
 *     start.
 * @param requestTimeout how long one answer of the server is waited for. Default 2 s. Shorter finds
 *     out sooner that a server hangs, longer forgives slow disks.
 */
@Validated
@ConfigurationProperties("meower.nats")
public record NatsProperties(
    @NotBlank @DefaultValue("nats://localhost:4222") String url,
    @Min(1) @Max(5) @DefaultValue("1") int replicas,
    @DefaultValue("2s") Duration requestTimeout) {

  /** Returns the addresses without the user, the password and the token that they may name. */
  public String printableUrl() {
    return url.replaceAll("//[^@/,]*@", "//");
  }
}
