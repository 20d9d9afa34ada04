package meower.command.signing;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * With what is signed: {@code meower.signing.*}.
 *
 * @param keyFile a file with one key in each line, 32 bytes or more in Base64: the first one signs,
 *     all of them verify. It is made when it is not there. All instances need the same one. By
 *     default there is none, and what was signed is worth nothing after a restart.
 */
@ConfigurationProperties("meower.signing")
record SigningProperties(@Nullable Path keyFile) {}
