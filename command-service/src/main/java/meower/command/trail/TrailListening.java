package meower.command.trail;

import static meower.schema.audit.AuditRequests.decode;
import static meower.schema.audit.AuditRequests.encode;

import java.util.List;
import java.util.Map;
import meower.database.ConnectionFailures;
import meower.database.SchemaMigration;
import meower.nats.NatsLink;
import meower.nats.RequestListener;
import meower.nats.RequestRefusedException;
import meower.schema.MeowId;
import meower.schema.trail.TrailPage;
import meower.schema.trail.TrailQuery;
import meower.web.Client;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** Tells operators from whom events came. */
@Component
class TrailListening {

  /** Of entries an answer has at most. */
  private static final int PAGE = 1_000;

  private static final String NETWORK = "/64";

  private final TrailStore trail;
  private final TrailProperties properties;
  private final SchemaMigration schema;

  TrailListening(TrailStore trail, TrailProperties properties, SchemaMigration schema) {
    this.trail = trail;
    this.properties = properties;
    this.schema = schema;
  }

  TrailPage answer(TrailQuery query) throws RequestRefusedException {
    if (!schema.isDone()) {
      throw new RequestRefusedException("The schema is being migrated: try again.");
    }
    String meow = query.meow();
    String client = query.client();
    if (meow != null && client == null) {
      return ofMeow(meow);
    }
    if (meow == null && client != null) {
      return ofClient(client, query);
    }
    throw new RequestRefusedException("Name a meow or a client.");
  }

  private TrailPage ofMeow(String id) throws RequestRefusedException {
    if (!MeowId.isKsuid(id)) {
      throw new RequestRefusedException("The id of a meow has 27 letters and digits.");
    }
    MeowId meow = new MeowId(id);
    return new TrailPage(properties.days(), trail.knows(meow), null, trail.ofMeow(meow), true);
  }

  private TrailPage ofClient(String address, TrailQuery query) {
    String client = client(address);
    List<TrailPage.Entry> entries = trail.ofClient(client, query.before(), PAGE);
    return new TrailPage(properties.days(), true, client, entries, entries.size() < PAGE);
  }

  private static String client(String address) {
    return Client.of(
            address.endsWith(NETWORK)
                ? address.substring(0, address.length() - NETWORK.length())
                : address)
        .name();
  }

  @Configuration(proxyBeanMethods = false)
  static class Listening {

    @Bean
    RequestListener trailRequests(NatsLink link, TrailListening trail) {
      return new RequestListener(
          link,
          "command-service",
          new RequestListener.Storage("Postgres", ConnectionFailures::includes),
          Map.of(
              TrailQuery.SUBJECT,
              request -> encode(trail.answer(decode(request, TrailQuery.class)))));
    }
  }
}
