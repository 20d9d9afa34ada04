package meower.command.outbox;

import java.nio.charset.StandardCharsets;
import meower.schema.MeowEvent;
import meower.schema.MeowEventJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where a transaction leaves the events that are to be published once it has committed.
 *
 * <p>Publishing directly would lose the event when the process dies between the two, or announce a
 * meow whose transaction was rolled back.
 */
@Component
public class Outbox {

  private final JdbcClient jdbc;
  private final RelayWakeup wakeup;

  Outbox(JdbcClient jdbc, RelayWakeup wakeup) {
    this.jdbc = jdbc;
    this.wakeup = wakeup;
  }

  /** Adds an event to the transaction that is under way and wakes the relay when it commits. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void add(MeowEvent event) {
    jdbc.sql(
            """
            insert into outbox (message_id, subject, payload)
            values (:messageId, :subject, :payload)
            """)
        .param("messageId", event.id().value())
        .param("subject", MeowEventJson.subjectOf(event))
        .param("payload", new String(MeowEventJson.encode(event), StandardCharsets.UTF_8))
        .update();
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            wakeup.wake();
          }
        });
  }
}
