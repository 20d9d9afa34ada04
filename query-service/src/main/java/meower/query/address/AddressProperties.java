package meower.query.address;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the public finds Meower: {@code meower.*}.
 *
 * @param publicUrl what stands before the paths in feeds and pages, like {@code
 *     https://meower.example}. By default what the request was sent to; the ids of entries have its
 *     host, and change with it.
 */
@ConfigurationProperties("meower")
record AddressProperties(@Nullable URI publicUrl) {}
