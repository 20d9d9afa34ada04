package meower.pusher.socket;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Who may connect, and what the kernel holds for each: {@code meower.pusher.*}.
 *
 * @param allowedOrigins pages of which other origins may connect, like {@code
 *     https://meower.example}; {@code *} for all. Default none: only the page that comes from the
 *     same host and port. Programs that send no Origin always may.
 * @param sendBuffer what the kernel holds for one browser that reads slowly. Default 64 KB. Larger
 *     ones help over long distances; as many times as there are slow browsers it is memory outside
 *     the heap.
 */
@Validated
@ConfigurationProperties("meower.pusher")
record SocketProperties(
    @DefaultValue List<String> allowedOrigins, @DefaultValue("64KB") DataSize sendBuffer) {}
