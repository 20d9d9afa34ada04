package meower.query.index;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How meows are brought into the index: {@code meower.index.*}.
 *
 * @param replicas how many further copies of the index Elasticsearch keeps. Default 0. A cluster
 *     wants 1; a single server never gets them and stays yellow. Changes an existing index at the
 *     next start.
 * @param batchSize how many meows at most are written at once. Default 2,000. So many are only
 *     reached in a backlog; more take longer to fail.
 * @param writers how many batches each instance writes at once in a backlog. Default 2. More of
 *     them want more processors, here and in Elasticsearch.
 * @param writeInterval the least time from one write to the next while there is no backlog. Default
 *     50 ms; four times as long when more than 100 come in it. Shorter makes a meow be found sooner
 *     under load and costs Elasticsearch more; a single meow is written at once anyway.
 * @param maxUnacknowledged how many meows all instances together may hold without having finished
 *     them. Default 20,000. The work stands still when they all wait for a redelivery.
 * @param acknowledgeWithin after which time a meow is given to another instance when the one that
 *     took it is not heard of any more. Default 3 s. Readers do not see what comes after such a
 *     meow until then; much shorter than a pause of the process makes work be done twice.
 * @param writeTimeout how long one batch may take in Elasticsearch. Default 8 s. After it the batch
 *     is tried again.
 * @param checkEvery how often it is checked that stream, index and alias are still the ones that
 *     are written, and whether readers can follow to a new index. Default 2 s.
 * @param deleteAfter how long an index that is not read any more is kept, and written, for the
 *     instances that have not noticed. Default 10 s. Much shorter makes readers fail in the moment
 *     after a rebuild.
 */
@Validated
@ConfigurationProperties("meower.index")
public record IndexProperties(
    @Min(0) @Max(10) @DefaultValue("0") int replicas,
    @Min(1) @Max(10_000) @DefaultValue("2000") int batchSize,
    @Min(1) @Max(16) @DefaultValue("2") int writers,
    @DefaultValue("50ms") Duration writeInterval,
    @Min(1) @DefaultValue("20000") int maxUnacknowledged,
    @DefaultValue("3s") Duration acknowledgeWithin,
    @DefaultValue("8s") Duration writeTimeout,
    @DefaultValue("2s") Duration checkEvery,
    @DefaultValue("10s") Duration deleteAfter) {}
