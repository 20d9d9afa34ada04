package meower.command.access;

import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import meower.database.ConnectionFailures;
import meower.database.SchemaMigration;
import meower.nats.Broadcast;
import meower.nats.NatsLink;
import meower.nats.RequestListener;
import meower.schema.program.NewProgram;
import meower.schema.program.NewSecret;
import meower.schema.program.ProgramRequests;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who hears operators, and who hears what they have done. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

  private static final RequestListener.Storage POSTGRES =
      new RequestListener.Storage("Postgres", ConnectionFailures::includes);

  /** Clocks step; this does not. */
  @Bean
  Ticker ticker() {
    return Ticker.systemTicker();
  }

  @Bean
  Broadcast programChanges(NatsLink link, ObjectProvider<ProgramListener> listeners) {
    return new Broadcast(
        link,
        ProgramRequests.CHANGED,
        program -> listeners.forEach(listener -> listener.changed(program)));
  }

  @Bean
  RequestListener programRequests(
      NatsLink link,
      Programs programs,
      Passwords passwords,
      SchemaMigration schema,
      Broadcast programChanges) {
    var administration = new ProgramAdministration(programs, passwords, schema, programChanges);
    return new RequestListener(
        link,
        "command-service",
        POSTGRES,
        Map.of(
            ProgramRequests.ADD,
            request ->
                ProgramRequests.encode(
                    administration.add(ProgramRequests.decode(request, NewProgram.class))),
            ProgramRequests.ROTATE,
            request ->
                ProgramRequests.encode(
                    administration.rotate(ProgramRequests.decode(request, NewSecret.class))),
            ProgramRequests.REMOVE,
            request ->
                ProgramRequests.encode(
                    administration.remove(new String(request, StandardCharsets.UTF_8))),
            ProgramRequests.LIST,
            _ -> ProgramRequests.encode(administration.list())));
  }
}
