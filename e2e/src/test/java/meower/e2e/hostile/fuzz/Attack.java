package meower.e2e.hostile.fuzz;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;
import meower.e2e.hostile.wire.Connection;
import meower.e2e.hostile.wire.Door;
import meower.e2e.hostile.wire.Frames;
import meower.e2e.hostile.wire.RawAnswer;
import meower.e2e.hostile.wire.RawAnswer.IllFormedException;

/** Sends inputs one after the other and judges what comes back; one thread's work. */
final class Attack implements AutoCloseable {

  /** When what is sent does not end, the sender ends it. */
  private static final long PATIENCE_MILLIS = 1_000;

  private final Judge judge;
  private final ToIntFunction<Door> ports;
  private final BiConsumer<Input, RawAnswer> answered;
  private final BiConsumer<String, Optional<String>> acknowledged;
  private final Map<Door, Connection> kept = new EnumMap<>(Door.class);
  private final ScheduledExecutorService finisher =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

  /**
   * @param answered is told of every answer
   * @param acknowledged is told of every meow that was acknowledged over a socket: its id, and its
   *     text if that is known
   */
  Attack(
      Judge judge,
      ToIntFunction<Door> ports,
      BiConsumer<Input, RawAnswer> answered,
      BiConsumer<String, Optional<String>> acknowledged) {
    this.judge = judge;
    this.ports = ports;
    this.answered = answered;
    this.acknowledged = acknowledged;
  }

  /** Sends the input and says what is wrong with what came back. */
  List<String> complaints(Input input) {
    try {
      return switch (input.form()) {
        case REQUESTS -> requests(input);
        case GARBAGE -> garbage(input);
        case SOCKET -> socket(input);
      };
    } catch (SocketTimeoutException _) {
      return List.of("no answer within " + Connection.LONGEST_ANSWER.toSeconds() + " s");
    } catch (IOException e) {
      return List.of(e.toString());
    }
  }

  private List<String> requests(Input input) throws IOException {
    Connection former = kept.remove(input.door());
    if (former != null) {
      Optional<List<String>> complaints = onUsed(former, input);
      if (complaints.isPresent()) {
        return complaints.get();
      }
    }
    Connection fresh = Connection.to(ports.applyAsInt(input.door()));
    fresh.send(input.wire());
    Optional<RawAnswer> first = fresh.answer(input.isHead(0));
    if (first.isEmpty()) {
      fresh.close();
      return List.of("no answer");
    }
    return answers(fresh, input, first.get());
  }

  /** A server may have closed a used connection at the moment in which it was used again. */
  private Optional<List<String>> onUsed(Connection former, Input input) throws IOException {
    Optional<RawAnswer> first;
    try {
      former.send(input.wire());
      first = former.answer(input.isHead(0));
    } catch (java.net.SocketException _) {
      first = Optional.empty();
    }
    if (first.isEmpty()) {
      former.close();
      return Optional.empty();
    }
    return Optional.of(answers(former, input, first.get()));
  }

  private List<String> answers(Connection connection, Input input, RawAnswer first)
      throws IOException {
    List<String> complaints = new ArrayList<>();
    RawAnswer answer = first;
    for (int i = 1; judged(input, answer, complaints) && i < input.size(); i++) {
      Optional<RawAnswer> next = connection.answer(input.isHead(i));
      if (next.isEmpty()) {
        complaints.add("no answer to request " + i + ", and no word about it in the one before");
        break;
      }
      answer = next.get();
    }
    if (complaints.isEmpty() && !answer.isLast()) {
      kept.put(input.door(), connection);
    } else {
      connection.close();
    }
    return complaints;
  }

  /** Whether more can follow on this connection. */
  private boolean judged(Input input, RawAnswer answer, List<String> complaints) {
    answered.accept(input, answer);
    judge.complaints(input, answer).forEach(c -> complaints.add(c + "\n  " + text(answer)));
    return !answer.isLast();
  }

  private static String text(RawAnswer answer) {
    String text = answer.status() + " " + answer.headers() + "\n  " + answer.text();
    return text.substring(0, Math.min(text.length(), 1500));
  }

  private List<String> garbage(Input input) throws IOException {
    List<String> complaints = new ArrayList<>();
    try (Connection connection = Connection.to(ports.applyAsInt(input.door()));
        Patience patience = new Patience(connection)) {
      garbage(connection, patience, input, complaints);
    } catch (java.net.SocketException _) {
      // Ended without a word: fair to somebody who does not speak HTTP.
    }
    return complaints;
  }

  private void garbage(
      Connection connection, Patience patience, Input input, List<String> complaints)
      throws IOException {
    try {
      connection.send(input.wire());
      Optional<RawAnswer> answer = connection.answer(input.isHead(0));
      connection.finish();
      while (answer.isPresent() && judged(input, answer.get(), complaints)) {
        answer = connection.answer(false);
      }
    } catch (IllFormedException e) {
      if (!isAnsweredWithoutHead(input) && !patience.isOver()) {
        complaints.add(e.getMessage());
      }
    }
  }

  /**
   * A line without a version is HTTP/0.9, whose answers are nothing but a body. Tomcat takes any
   * line of two words for one, also further down.
   */
  private static boolean isAnsweredWithoutHead(Input input) {
    return input.door() != Door.NGINX
        || !input.wire().strip().lines().findFirst().orElse("").matches(".* HTTP/1\\.[01] *");
  }

  private List<String> socket(Input input) throws IOException {
    List<String> complaints = new ArrayList<>();
    try (Connection connection = Connection.to(ports.applyAsInt(input.door()))) {
      Optional<RawAnswer> answer = handshake(connection, input);
      answer.ifPresent(a -> judged(input, a, complaints));
      if (answer.isPresent() && answer.get().status() == 101) {
        complaints.addAll(talk(connection, input));
      }
    } catch (java.net.SocketException _) {
      // The same.
    }
    return complaints;
  }

  private Optional<RawAnswer> handshake(Connection connection, Input input) throws IOException {
    Patience patience = new Patience(connection);
    try (patience) {
      connection.send(input.wire());
      return connection.answer(false);
    } catch (IllFormedException e) {
      if (patience.isOver()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private List<String> talk(Connection connection, Input input) throws IOException {
    boolean publishes = input.wire().contains(" /publish ");
    return publishes ? say(connection, input) : listen(connection, input);
  }

  private List<String> listen(Connection connection, Input input) throws IOException {
    Conversation conversation = new Conversation(connection.in(), Judge::complaintsAboutFrame);
    end(connection, input, conversation);
    return conversation.complaints();
  }

  /** Whatever is broken afterwards, what was said before has to be answered. */
  private List<String> say(Connection connection, Input input) throws IOException {
    Answers answers = new Answers(judge, input.sayings(), acknowledged);
    Conversation conversation = new Conversation(connection.in(), answers::complaints);
    connection.send(input.spoken());
    conversation.readUntil(answers::areComplete);
    if (!answers.areComplete()) {
      conversation.complaints().add(answers.missing() + " are not answered");
      return conversation.complaints();
    }
    end(connection, input, conversation);
    return conversation.complaints();
  }

  private void end(Connection connection, Input input, Conversation conversation)
      throws IOException {
    try (Patience _ = new Patience(connection)) {
      connection.send(input.frames() + Frames.goodbye());
      conversation.readToItsEnd();
    }
  }

  /**
   * Says that nothing more will be sent, when what was sent has not led to anything for a while.
   * Whoever is busy with the answer at that moment may break it off: nobody seems to want it.
   */
  private final class Patience implements AutoCloseable {

    private final Future<?> finish;
    private volatile boolean over;

    Patience(Connection connection) {
      this.finish =
          finisher.schedule(
              () -> {
                over = true;
                connection.finish();
                return true;
              },
              PATIENCE_MILLIS,
              TimeUnit.MILLISECONDS);
    }

    boolean isOver() {
      return over;
    }

    @Override
    public void close() {
      finish.cancel(false);
    }
  }

  @Override
  public void close() throws IOException {
    finisher.shutdownNow();
    for (Connection connection : kept.values()) {
      connection.close();
    }
  }
}
