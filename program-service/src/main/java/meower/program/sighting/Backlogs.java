package meower.program.sighting;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** How many objects of each program wait for a look-up, as whoever looks them up has last seen. */
@Component
public class Backlogs {

  private final Map<String, Long> waiting = new ConcurrentHashMap<>();

  /** So many wait now. */
  public void set(String program, long count) {
    waiting.put(program, count);
  }

  long of(String program) {
    return waiting.getOrDefault(program, 0L);
  }
}
