package meower.program.feed;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import meower.database.DirectConnections;
import meower.database.SchemaMigration;
import meower.nats.NatsLink;
import meower.program.queue.Room;
import meower.program.waiting.Wakeups;
import meower.schema.MeowIdGenerator;
import meower.stream.Streams;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The router of feeds with a database connection of its own, beside the pool of the requests. */
@Configuration(proxyBeanMethods = false)
class FeedConfiguration {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Bean
  FeedRouter feedRouter(
      JdbcConnectionDetails database,
      SchemaMigration schema,
      NatsLink link,
      Streams streams,
      Room room,
      Wakeups wakeups,
      MeowIdGenerator ids) {
    return new FeedRouter(
        DirectConnections.to(database, "program-service feeds", TIMEOUT),
        schema,
        link,
        streams,
        room,
        wakeups,
        ids,
        Clock.systemUTC());
  }

  @Bean
  MeterBinder feedMetrics(FeedRouter router) {
    return registry -> {
      Gauge.builder("meower.feeds.behind", router, FeedRouter::behind)
          .description("Events of the stream that the last feed has not looked at yet")
          .register(registry);
      Gauge.builder("meower.searches.standing", router.searches(), FeedSearches::size)
          .description("Different queries of feeds; 0 where another instance routes")
          .register(registry);
      FunctionCounter.builder("meower.searches.tried", router.searches(), FeedSearches::tried)
          .description("Comparisons of a meow with a query that it might match")
          .register(registry);
      FunctionCounter.builder("meower.searches.matched", router.searches(), FeedSearches::matched)
          .description("Comparisons that have matched")
          .register(registry);
    };
  }
}
