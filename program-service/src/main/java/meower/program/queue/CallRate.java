package meower.program.queue;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import meower.web.RateLimit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** How often each program may call this instance: so many times a second, or at once. */
@Component
public class CallRate {

  private final int perSecond;
  private final LongSupplier nanoTime;
  private final Map<String, RateLimit> limits = new ConcurrentHashMap<>();

  @Autowired
  CallRate(QueueProperties properties) {
    this(properties.callsPerSecond(), System::nanoTime);
  }

  CallRate(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
  }

  /** Counts a call; returns whether it may go on. An operator makes programs: they are not many. */
  public boolean allows(String program) {
    return limits
        .computeIfAbsent(program, _ -> new RateLimit(perSecond, perSecond, nanoTime))
        .tryPass();
  }
}
