package meower.program.receiver;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * With what secrets are encrypted that Meower shares with programs: {@code meower.secret.*}.
 *
 * @param key 32 bytes or more in Base64. Default none. All instances need the same one.
 * @param keyFile a file with one such key in each line, made when it is not there. Default none.
 *     The first key of both encrypts, all of them decrypt. Without any, secrets stand in the
 *     database as they are.
 */
@ConfigurationProperties("meower.secret")
record SecretProperties(@Nullable String key, @Nullable Path keyFile) {}
