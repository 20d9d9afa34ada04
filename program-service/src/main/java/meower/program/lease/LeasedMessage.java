package meower.program.lease;

import java.time.Instant;
import java.time.OffsetDateTime;
import meower.program.message.Form;

/**
 * A message that was fetched.
 *
 * @param delivery how often it was fetched, with this time
 * @param until when the lease is over, by Postgres's clock
 * @param leasedAt when the lease was answered, the last time
 * @param since from when it could be fetched, its place among the others
 * @param repeated whether the lease was answered before
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
public record LeasedMessage(
    Lease lease,
    String id,
    byte[] body,
    Form form,
    String contentType,
    Instant publishedAt,
    int delivery,
    Instant until,
    OffsetDateTime leasedAt,
    OffsetDateTime since,
    boolean repeated) {}
