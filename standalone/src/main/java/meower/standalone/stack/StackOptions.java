package meower.standalone.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * How a stack is started.
 *
 * @param data the folder for everything that is written
 * @param ports where the parts listen
 * @param startTimeout within which everything has to be up
 * @param limit how many posts nginx lets through
 * @param environment what the services get besides their usual variables, for example another clock
 * @param members whether only programs with a secret may read and post
 * @param rehearsal whether the services make what lets them start faster later, when they end
 */
public record StackOptions(
    Path data,
    PortPlan ports,
    Duration startTimeout,
    PostLimit limit,
    Function<Instance, Map<String, String>> environment,
    boolean members,
    boolean rehearsal) {
  /**
   * The limit of posts per client address.
   *
   * @param rate as nginx writes it, for example {@code 10r/s}
   * @param burst how many may come at once on top of it
   * @param exempt a network that is not limited, in CIDR notation
   */
  public record PostLimit(String rate, int burst, String exempt) {
    /**
     * Nobody but this machine can reach a stack on the loopback interface, so this machine is not
     * limited.
     */
    static final PostLimit NOT_FOR_THIS_MACHINE = new PostLimit("10r/s", 20, "127.0.0.1/32");
  }

  public StackOptions(Path data, PortPlan ports) {
    this(
        data,
        ports,
        Duration.ofMinutes(2),
        PostLimit.NOT_FOR_THIS_MACHINE,
        _ -> Map.of(),
        false,
        false);
  }

  /** For a machine that has other things to do. */
  public StackOptions with(Duration otherStartTimeout) {
    return new StackOptions(data, ports, otherStartTimeout, limit, environment, members, rehearsal);
  }

  public StackOptions with(PostLimit other) {
    return new StackOptions(data, ports, startTimeout, other, environment, members, rehearsal);
  }

  public StackOptions with(Function<Instance, Map<String, String>> other) {
    return new StackOptions(data, ports, startTimeout, limit, other, members, rehearsal);
  }

  /** For nobody but programs that have a secret. */
  public StackOptions forMembersOnly() {
    return new StackOptions(data, ports, startTimeout, limit, environment, true, rehearsal);
  }

  /** To be run once, with some load, before the others. */
  public StackOptions asRehearsal() {
    return new StackOptions(data, ports, startTimeout, limit, environment, members, true);
  }
}
