package meower.command.post;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import meower.command.change.ChangeProblems;
import meower.command.change.ChangeRules;
import meower.command.change.UndoToken;
import meower.command.database.SchemaMigration;
import meower.command.meow.Meow;
import meower.command.meow.MeowRequest;
import meower.command.meow.MeowResponse;
import meower.command.meow.Unavailable;
import meower.command.text.InvalidBodyException;
import meower.command.text.TypedText;
import meower.schema.MeowDeleted;
import meower.web.ProblemException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /meows}. */
@RestController
final class MeowController {

  private final MeowRequest request;
  private final Meows meows;
  private final UndoToken token;
  private final ChangeRules rules;
  private final SchemaMigration schema;

  MeowController(
      MeowRequest request,
      Meows meows,
      UndoToken token,
      ChangeRules rules,
      SchemaMigration schema) {
    this.request = request;
    this.meows = meows;
    this.token = token;
    this.rules = rules;
    this.schema = schema;
  }

  /** Answers 201 only after the meow is on disk. */
  @PostMapping("/meows")
  ResponseEntity<MeowResponse> post(HttpServletRequest http) throws IOException {
    TypedText typed = TypedText.of(request.read(http));
    Optional<IdempotencyKey> key = IdempotencyKey.of(http);
    try {
      return switch (posted(typed, key)) {
        case Posted.Accepted(Meow meow) -> created(meow).body(MeowResponse.of(meow));
        case Posted.Repeated(Meow meow) ->
            created(meow).header("Idempotency-Replayed", "true").body(MeowResponse.of(meow));
        case Posted.KeyTaken() -> throw keyTaken();
        case Posted.Deleted(MeowDeleted meow) -> throw ChangeProblems.deleted(meow);
      };
    } catch (DataAccessException e) {
      throw Unavailable.because(e);
    }
  }

  /** What was accepted under its key stays so when the rules have become stricter meanwhile. */
  private Posted posted(TypedText typed, Optional<IdempotencyKey> key) {
    try {
      PostMeow command = new PostMeow(typed.accepted(), key);
      requireSchema();
      return meows.post(command);
    } catch (InvalidBodyException e) {
      return key.flatMap(known -> meows.repeated(known, typed.text())).orElseThrow(e::toProblem);
    }
  }

  private void requireSchema() {
    if (!schema.isDone()) {
      throw Unavailable.because(null);
    }
  }

  private ResponseEntity.BodyBuilder created(Meow meow) {
    return ResponseEntity.created(URI.create("/meows/" + meow.id()))
        .header(UndoToken.HEADER, token.of(meow.id()))
        .header(UndoToken.UNTIL_HEADER, rules.until(meow.createdAt()).toString());
  }

  private static ProblemException keyTaken() {
    return new ProblemException(
        HttpStatus.UNPROCESSABLE_CONTENT,
        "idempotency-key-reused",
        "The Idempotency-Key was used for another meow",
        "Use a new key for each meow, and the same one only to repeat a post unchanged.");
  }
}
