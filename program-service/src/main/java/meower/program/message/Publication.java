package meower.program.message;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import meower.program.commit.Change;
import meower.program.queue.Queue;
import meower.web.IdempotencyKey;

/**
 * Messages that are published with one call: all or none.
 *
 * @param program who publishes
 * @param ids one for each of the messages
 * @param fingerprint of all that was sent, the same for the same call
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
record Publication(
    Queue queue,
    String program,
    Optional<IdempotencyKey> key,
    byte[] fingerprint,
    List<NewMessage> messages,
    List<String> ids)
    implements Change {

  private record KeyOf(long queue, String program, String key) {}

  @Override
  public Collection<?> claims() {
    return key.map(value -> new KeyOf(queue.id(), program, value.text())).stream().toList();
  }

  @Override
  public long size() {
    return messages.stream().mapToLong(message -> message.body().length + 100L).sum();
  }

  long bytes() {
    return messages.stream().mapToLong(message -> message.body().length).sum();
  }

  /** How many can be fetched at once. */
  int ready() {
    return (int) messages.stream().filter(message -> message.delay().isZero()).count();
  }
}
