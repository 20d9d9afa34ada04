package meower.command.change;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.function.Supplier;
import meower.command.meow.MeowRequest;
import meower.command.meow.MeowResponse;
import meower.command.meow.Unavailable;
import meower.command.text.InvalidBodyException;
import meower.command.text.MeowBody;
import meower.command.text.TypedText;
import meower.command.trail.Sender;
import meower.database.SchemaMigration;
import meower.schema.DeletedBy;
import meower.schema.MeowId;
import meower.web.pass.Callers;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code PUT} and {@code DELETE /meows/{id}}, for whoever posted the meow. */
@RestController
final class ChangeController {

  private final MeowRequest request;
  private final MeowChanges changes;
  private final UndoToken token;
  private final SchemaMigration schema;
  private final Callers callers;

  ChangeController(
      MeowRequest request,
      MeowChanges changes,
      UndoToken token,
      SchemaMigration schema,
      Callers callers) {
    this.request = request;
    this.changes = changes;
    this.token = token;
    this.schema = schema;
    this.callers = callers;
  }

  /** Answers 200 only after the edit is on disk, or was there before. */
  @PutMapping("/meows/{id}")
  ResponseEntity<MeowResponse> edit(@PathVariable String id, HttpServletRequest http)
      throws IOException {
    MeowId meow = requireOwn(id, http);
    MeowBody body = accepted(request.read(http));
    EditMeow command = new EditMeow(meow, body, IfMatch.of(http));
    return switch (change(() -> changes.edit(command, sender(http)))) {
      case Change.Done(var latest) ->
          ResponseEntity.ok().eTag("\"" + latest.revision() + "\"").body(MeowResponse.of(latest));
      case Change other -> throw ChangeProblems.of(other);
    };
  }

  /** Answers 204 only after the deletion is on disk, or was there before. */
  @DeleteMapping("/meows/{id}")
  ResponseEntity<Void> delete(@PathVariable String id, HttpServletRequest http) {
    MeowId meow = requireOwn(id, http);
    return switch (change(() -> changes.delete(meow, DeletedBy.AUTHOR, sender(http)))) {
      case Change.Done _ -> ResponseEntity.noContent().build();
      case Change other -> throw ChangeProblems.of(other);
    };
  }

  private MeowId requireOwn(String id, HttpServletRequest http) {
    if (!MeowId.isKsuid(id)) {
      throw ChangeProblems.unknown();
    }
    MeowId meow = new MeowId(id);
    String given = http.getHeader(UndoToken.HEADER);
    if (given == null || !token.isOf(meow, given.strip())) {
      throw ChangeProblems.notYours();
    }
    return meow;
  }

  private Sender sender(HttpServletRequest http) {
    return Sender.of(http, callers.pass(http));
  }

  private Change change(Supplier<Change> command) {
    if (!schema.isDone()) {
      throw Unavailable.forNow();
    }
    try {
      return command.get();
    } catch (DataAccessException e) {
      throw Unavailable.because(e);
    }
  }

  private static MeowBody accepted(TypedText text) {
    try {
      return text.accepted();
    } catch (InvalidBodyException e) {
      throw e.toProblem();
    }
  }
}
