package meower.command.post;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import meower.command.change.ChangeProblems;
import meower.command.change.ChangeRules;
import meower.command.change.UndoToken;
import meower.command.meow.Meow;
import meower.command.meow.MeowRequest;
import meower.command.meow.MeowResponse;
import meower.command.text.TypedText;
import meower.command.trail.Sender;
import meower.schema.MeowDeleted;
import meower.web.IdempotencyKey;
import meower.web.pass.Callers;
import meower.web.pass.Pass;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /meows}. */
@RestController
final class MeowController {

  private final MeowRequest request;
  private final Posting posting;
  private final UndoToken token;
  private final ChangeRules rules;
  private final Callers callers;

  MeowController(
      MeowRequest request, Posting posting, UndoToken token, ChangeRules rules, Callers callers) {
    this.request = request;
    this.posting = posting;
    this.token = token;
    this.rules = rules;
    this.callers = callers;
  }

  /** Answers 201 only after the meow is on disk. */
  @PostMapping("/meows")
  ResponseEntity<MeowResponse> post(HttpServletRequest http) throws IOException {
    TypedText typed = request.read(http);
    Optional<Pass> pass = callers.pass(http);
    Optional<PostKey> key = IdempotencyKey.of(http).map(named -> keyOf(named, pass, http));
    return switch (posting.begin(typed, key, Sender.of(http, pass)).await()) {
      case Posted.Accepted(Meow meow) -> created(meow).body(MeowResponse.of(meow));
      case Posted.Repeated(Meow meow) ->
          created(meow).header("Idempotency-Replayed", "true").body(MeowResponse.of(meow));
      case Posted.KeyTaken() -> throw IdempotencyKey.taken();
      case Posted.Deleted(MeowDeleted meow) -> throw ChangeProblems.deleted(meow);
    };
  }

  private static PostKey keyOf(IdempotencyKey key, Optional<Pass> pass, HttpServletRequest http) {
    return pass.map(known -> PostKey.ofProgram(key, known.program()))
        .orElseGet(() -> PostKey.ofAddress(key, http.getRemoteAddr()));
  }

  private ResponseEntity.BodyBuilder created(Meow meow) {
    return ResponseEntity.created(URI.create("/meows/" + meow.id()))
        .header(UndoToken.HEADER, token.of(meow.id()))
        .header(UndoToken.UNTIL_HEADER, rules.until(meow.createdAt()).toString());
  }
}
