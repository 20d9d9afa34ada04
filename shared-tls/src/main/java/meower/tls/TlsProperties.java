package meower.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whom to believe: {@code meower.tls.*}.
 *
 * @param ca a file in PEM with the certificates of the authorities that sign those of NATS and
 *     Elasticsearch. By default those that the JDK knows count. A service does not start when the
 *     file cannot be read, or when none of its certificates is valid now.
 */
@ConfigurationProperties("meower.tls")
record TlsProperties(@Nullable Path ca) {}
