package meower.stream.signing;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * With what events are signed: {@code meower.events.*}.
 *
 * @param keyFile a file with one key in each line, 32 bytes or more in Base64: the first one signs,
 *     all of them verify. It is made when it is not there. All instances of all services need the
 *     same one. By default there is none: events are not signed, and whoever can publish to NATS is
 *     believed.
 */
@ConfigurationProperties("meower.events")
record EventsProperties(@Nullable Path keyFile) {}
