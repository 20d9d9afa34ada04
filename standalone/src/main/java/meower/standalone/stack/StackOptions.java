package meower.standalone.stack;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import meower.standalone.proxy.Doors;
import meower.standalone.proxy.Limits;

/**
 * How a stack is started.
 *
 * @param data the folder for everything that is written
 * @param ports where the parts listen
 * @param limits how much nginx lets through for each client
 * @param doors through what clients come to nginx
 * @param environment what the services get besides their usual variables, for example another clock
 * @param members whether only programs with a secret may read and post
 * @param rehearsal whether the services make what lets them start faster later, when they end
 */
public record StackOptions(
    Path data,
    PortPlan ports,
    Limits limits,
    Doors doors,
    Function<Instance, Map<String, String>> environment,
    boolean members,
    boolean rehearsal) {
  public StackOptions(Path data, PortPlan ports) {
    this(data, ports, Limits.DEFAULT, Doors.OPEN, _ -> Map.of(), false, false);
  }

  public StackOptions with(Limits other) {
    return new StackOptions(data, ports, other, doors, environment, members, rehearsal);
  }

  public StackOptions with(Doors other) {
    return new StackOptions(data, ports, limits, other, environment, members, rehearsal);
  }

  public StackOptions with(Function<Instance, Map<String, String>> other) {
    return new StackOptions(data, ports, limits, doors, other, members, rehearsal);
  }

  /**
   * Every port that is going to be used, with the name of its user.
   *
   * @throws IllegalArgumentException with a message for the person who typed it, if two would have
   *     the same
   */
  Map<Integer, String> users() {
    var users = new TreeMap<>(ports.users());
    doors
        .ports()
        .forEach((port, option) -> {
          String other = users.put(port, option);
          if (other != null) {
            throw new IllegalArgumentException(
                "port %d is that of %s already. Choose another one for %s"
                    .formatted(port, other, option));
          }
        });
    return users;
  }

  /** For nobody but programs that have a secret. */
  public StackOptions forMembersOnly() {
    return new StackOptions(data, ports, limits, doors, environment, true, rehearsal);
  }

  /** To be run once, with some load, before the others. */
  public StackOptions asRehearsal() {
    return new StackOptions(data, ports, limits, doors, environment, members, true);
  }
}
