package meower.stream;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import meower.nats.NatsConfiguration;
import meower.nats.NatsLink;
import meower.nats.NatsProperties;
import meower.schema.signing.EventSignatures;
import meower.stream.signing.ForgedMessages;
import meower.stream.signing.SigningConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What a service imports to talk to NATS and to work with the streams. */
@Configuration(proxyBeanMethods = false)
@Import({NatsConfiguration.class, SigningConfiguration.class})
public class StreamsConfiguration {

  @Bean
  Streams streams(
      NatsLink link, NatsProperties properties, EventSignatures signatures, MeterRegistry metrics) {
    Streams streams = new Streams(link, properties, signatures);
    FunctionCounter.builder("meower.events.forged", streams.forged(), ForgedMessages::count)
        .description(
            "Messages of the stream that were refused because nobody of us has written them")
        .register(metrics);
    return streams;
  }

  @Bean("events")
  ForgeryHealthIndicator forgeryHealth(Streams streams) {
    return new ForgeryHealthIndicator(streams);
  }

  @Bean
  QuorumWatch quorumWatch(NatsLink link, Streams streams, NatsProperties properties) {
    return new QuorumWatch(link, streams, properties);
  }
}
