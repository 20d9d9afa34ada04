package meower.web.pass;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * With what passes are signed: {@code meower.passes.*}.
 *
 * @param keyFile a file with one key in each line, 32 bytes or more in Base64: the first one signs,
 *     all of them verify. It is made when it is not there, and read again when it changes. All
 *     services need the same one. By default there is none, and no program gets in.
 */
@ConfigurationProperties("meower.passes")
record PassProperties(@Nullable Path keyFile) {}
