package meower.command.post;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Predicate;
import meower.command.meow.Meow;
import meower.command.meow.Unavailable;
import meower.command.text.MeowBody;
import meower.command.text.TypedText;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.MeowIdGenerator;
import meower.web.ProblemException;
import org.springframework.stereotype.Component;

/** All meows, as the command side keeps them. */
@Component
class Meows {

  private final Clock clock;
  private final MeowIdGenerator ids;
  private final GroupCommit commits;
  private final IdempotencyKeys keys;

  Meows(Clock clock, MeowIdGenerator ids, GroupCommit commits, IdempotencyKeys keys) {
    this.clock = clock;
    this.ids = ids;
    this.commits = commits;
    this.keys = keys;
  }

  /**
   * Begins to store a meow, the event that announces it and the key of its sender: all or none.
   *
   * <p>When it is said that it was accepted, the meow is on disk and its event is sure to be
   * published.
   *
   * @throws ProblemException 503 if too many are waiting; also later, if nobody can say within the
   *     time of a request what became of it
   */
  BegunPost begin(PostMeow command) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Meow meow = new Meow(ids.next(), command.body(), now);
    PendingPost post = new PendingPost(meow, command.key(), command.sender());
    commits.submit(post);
    return () -> commits.await(post) ? new Posted.Accepted(meow) : keyTaken(command, meow);
  }

  private Posted keyTaken(PostMeow command, Meow meow) {
    // The key may have been forgotten meanwhile; the next try is then a first one.
    return command
        .key()
        .flatMap(keys::find)
        .map(first -> repeated(first, meow))
        .orElseThrow(() -> Unavailable.forNow());
  }

  /**
   * Returns the answer to a repeated post without posting anything: the first one, if it had this
   * text. The proxy's own keys are not looked up: it repeats a post at once or never.
   */
  Optional<Posted> repeated(PostKey key, TypedText typed) {
    return key.isOfProxy()
        ? Optional.empty()
        : keys.find(key)
            .map(first -> answer(first, typed::becomes))
            .filter(answer -> !(answer instanceof Posted.KeyTaken));
  }

  private static Posted repeated(MeowEvent first, Meow again) {
    if (first instanceof MeowCreated && first.id().equals(again.id())) {
      return new Posted.Accepted(again); // a broken try had stored it
    }
    return answer(first, again.body()::equals);
  }

  private static Posted answer(MeowEvent first, Predicate<MeowBody> isTheSame) {
    return switch (first) {
      case MeowDeleted deleted -> new Posted.Deleted(deleted);
      case MeowCreated created ->
          isTheSame.test(MeowBody.of(created))
              ? new Posted.Repeated(Meow.of(created))
              : new Posted.KeyTaken();
      case MeowEdited _ -> throw new IllegalArgumentException("not what was posted");
    };
  }
}
