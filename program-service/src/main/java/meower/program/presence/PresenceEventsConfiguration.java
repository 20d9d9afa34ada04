package meower.program.presence;

import meower.nats.Broadcast;
import meower.nats.NatsLink;
import meower.schema.program.ProgramRequests;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has streams end when the command service says that a program is not what it was. */
@Configuration(proxyBeanMethods = false)
class PresenceEventsConfiguration {

  @Bean
  Broadcast programChanges(NatsLink link, PresenceStreams streams) {
    return new Broadcast(link, ProgramRequests.CHANGED, streams::changed);
  }
}
