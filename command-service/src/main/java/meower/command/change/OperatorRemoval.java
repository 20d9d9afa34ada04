package meower.command.change;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import meower.command.database.OlderInstances;
import meower.command.event.EventStore;
import meower.command.outbox.RelayWakeup;
import meower.command.trail.Sender;
import meower.database.ConnectionFailures;
import meower.database.SchemaMigration;
import meower.nats.NatsLink;
import meower.nats.RequestListener;
import meower.nats.RequestRefusedException;
import meower.schema.DeletedBy;
import meower.schema.MeowId;
import meower.schema.RemovalRequest;
import meower.schema.RemovalResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** Takes meows back because an operator wants it, whoever posted them and whenever. */
@Component
class OperatorRemoval {

  private static final Logger log = LoggerFactory.getLogger(OperatorRemoval.class);

  /** One of them changes at the same moment; nobody changes them all the time. */
  private static final int TRIES = 10;

  private final Clock clock;
  private final EventStore events;
  private final OlderInstances olderInstances;
  private final SchemaMigration schema;
  private final RelayWakeup relay;

  OperatorRemoval(
      Clock clock,
      EventStore events,
      OlderInstances olderInstances,
      SchemaMigration schema,
      RelayWakeup relay) {
    this.clock = clock;
    this.events = events;
    this.olderInstances = olderInstances;
    this.schema = schema;
    this.relay = relay;
  }

  /** Says who has removed what and why, never what it said. */
  RemovalResult remove(RemovalRequest request) throws RequestRefusedException {
    Set<MeowId> meows = meows(request.meows());
    if (!schema.isDone() || olderInstances.knowCreationsOnly()) {
      throw new RequestRefusedException(
          "The command-service cannot delete yet: an instance of an older version still runs.");
    }
    Set<MeowId> removed = remove(meows, Sender.operator(printable(request.operator())));
    Set<MeowId> known = events.known(meows);
    for (MeowId meow : removed) {
      log.info(
          "meow={} state=removed operator=\"{}\" reason=\"{}\"",
          meow,
          printable(request.operator()),
          printable(request.reason()));
    }
    if (!removed.isEmpty()) {
      relay.wake();
    }
    return result(meows, known, removed.size());
  }

  /** Returns what removing them now would come to. */
  RemovalResult check(RemovalRequest request) throws RequestRefusedException {
    Set<MeowId> meows = meows(request.meows());
    Set<MeowId> deleted = events.deleted(meows);
    Set<MeowId> known = events.known(meows);
    return result(meows, known, known.size() - deleted.size());
  }

  private static RemovalResult result(Set<MeowId> meows, Set<MeowId> known, int removed) {
    return new RemovalResult(
        removed,
        known.size() - removed,
        meows.stream().filter(meow -> !known.contains(meow)).map(MeowId::value).sorted().toList());
  }

  private Set<MeowId> remove(Set<MeowId> meows, Sender sender) throws RequestRefusedException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<Set<MeowId>> removed = events.delete(meows, now, DeletedBy.OPERATOR, sender);
      if (removed.isPresent()) {
        return removed.get();
      }
    }
    throw new RequestRefusedException("Somebody is editing one of them: try again.");
  }

  private static Set<MeowId> meows(List<String> ids) throws RequestRefusedException {
    if (ids.isEmpty() || ids.size() > RemovalRequest.MOST) {
      throw new RequestRefusedException("Name 1 to " + RemovalRequest.MOST + " meows.");
    }
    for (String id : ids) {
      if (!MeowId.isKsuid(id)) {
        throw new RequestRefusedException("The id of a meow has 27 letters and digits.");
      }
    }
    return ids.stream().map(MeowId::new).collect(Collectors.toSet());
  }

  /** What could end a line of the log, or hide a part of it. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{C}\"\\\\]", " ");
  }

  @Configuration(proxyBeanMethods = false)
  static class Listening {

    @Bean
    RequestListener operatorRequests(NatsLink link, OperatorRemoval removal) {
      return new RequestListener(
          link,
          "command-service",
          new RequestListener.Storage("Postgres", ConnectionFailures::includes),
          Map.of(
              RemovalRequest.SUBJECT,
              request -> removal.remove(RemovalRequest.decode(request)).encode(),
              RemovalRequest.CHECK,
              request -> removal.check(RemovalRequest.decode(request)).encode()));
    }
  }
}
