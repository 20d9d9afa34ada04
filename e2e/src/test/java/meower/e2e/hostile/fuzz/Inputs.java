package meower.e2e.hostile.fuzz;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meower.e2e.hostile.fuzz.Input.Form;
import meower.e2e.hostile.wire.Dice;
import meower.e2e.hostile.wire.Door;
import meower.e2e.hostile.wire.Frames;
import meower.e2e.hostile.wire.Request;

/** Makes every input from its number and the seed alone; but for the pass that calls show. */
final class Inputs {

  private static final int MOST_AT_ONCE = 6;

  private final long seed;
  private final Calls calls;

  Inputs(long seed, Calls calls) {
    this.seed = seed;
    this.calls = calls;
  }

  Input input(long number) {
    Dice dice = new Dice(seed, number);
    Door door = dice.percent(55) ? Door.NGINX : dice.oneOf(Door.SERVICES);
    return switch (dice.below(20)) {
      case 0, 1 -> socket(number, dice.percent(50) ? Door.NGINX : Door.PUSHER, dice);
      case 2 -> Sayings.input(number, dice);
      case 3, 4, 5, 6, 7, 8 -> garbage(number, door, dice, request(dice));
      case 9 -> garbage(number, called(dice), dice, calls.withoutSecret(dice));
      case 10, 11, 12 -> requests(number, called(dice), dice, calls::any);
      default -> requests(number, door, dice, Inputs::request);
    };
  }

  private static Door called(Dice dice) {
    return dice.percent(50) ? Door.NGINX : Door.PROGRAM;
  }

  private static Input requests(
      long number, Door door, Dice dice, Function<Dice, Request> request) {
    int count = dice.percent(60) ? 1 : dice.between(2, MOST_AT_ONCE);
    List<Request> requests = IntStream.range(0, count).mapToObj(_ -> request.apply(dice)).toList();
    return new Input(
        number,
        door,
        requests.stream().map(Request::wire).collect(Collectors.joining()),
        "",
        Form.REQUESTS,
        count,
        requests.stream().map(r -> r.isHead() ? "h" : "-").collect(Collectors.joining()),
        count == 1 ? requests.getFirst().said() : Optional.empty(),
        List.of());
  }

  private static Input garbage(long number, Door door, Dice dice, Request request) {
    String wire = Garbage.of(dice, request);
    return new Input(
        number,
        door,
        wire,
        "",
        Form.GARBAGE,
        1,
        wire.startsWith("HEAD ") ? "h" : "-",
        Optional.empty(),
        List.of());
  }

  private static Input socket(long number, Door door, Dice dice) {
    int count = dice.between(1, MOST_AT_ONCE);
    String frames =
        Stream.generate(() -> Frames.any(dice)).limit(count).collect(Collectors.joining());
    return new Input(
        number,
        door,
        Frames.handshake(dice),
        frames,
        Form.SOCKET,
        1 + count,
        "-",
        Optional.empty(),
        List.of());
  }

  private static Request request(Dice dice) {
    return dice.percent(35) ? Reads.dressed(dice, Posts.any(dice)) : Reads.any(dice);
  }
}
