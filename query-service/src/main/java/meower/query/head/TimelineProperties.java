package meower.query.head;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the timeline is read: {@code meower.timeline.*}.
 *
 * @param newest how many of the newest meows each instance keeps in memory. Default 4,096, about 2
 *     MB, and some 15 MB as soon as somebody searches. Pages among them cost Elasticsearch nothing
 *     and are there while it is away; older ones are read from the index. With 0 all are.
 */
@Validated
@ConfigurationProperties("meower.timeline")
record TimelineProperties(@Min(0) @Max(1_000_000) @DefaultValue("4096") int newest) {}
