package meower.pusher.hub;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import meower.nats.NatsLink;
import meower.pusher.feed.FeedFactory;
import meower.pusher.feed.FeedProperties;
import meower.pusher.online.Online;
import meower.stream.StreamFollower;
import meower.stream.Streams;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The hub, and what brings it the stream. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HubProperties.class)
class HubConfiguration {

  @Bean
  Hub hub(HubProperties properties, FeedProperties feeds, Online online, MeterRegistry registry) {
    return new Hub(properties, feeds, online, pace(properties), registry);
  }

  private static Pace pace(HubProperties properties) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Pace(
        properties.maxPace(),
        system.getAvailableProcessors(),
        System::nanoTime,
        system::getProcessCpuTime);
  }

  @Bean
  Online online(NatsLink link, MeterRegistry registry) {
    Online online = new Online(link);
    Gauge.builder("meower.browsers.online", online, Online::count)
        .description("Connections of browsers, to all instances together")
        .register(registry);
    return online;
  }

  @Bean("feed")
  FeedHealthIndicator feedHealth(Hub hub) {
    return new FeedHealthIndicator(hub);
  }

  @Bean
  StreamFollower streamFollower(NatsLink link, Streams streams, FeedFactory feeds, Hub hub) {
    return new StreamFollower(link, streams, new LiveFeed(feeds, hub));
  }
}
