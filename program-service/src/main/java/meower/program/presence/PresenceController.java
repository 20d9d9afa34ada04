package meower.program.presence;

import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import meower.program.presence.PresenceLists.ObjectAnswer;
import meower.program.request.Postgres;
import meower.program.source.PresenceCallers;
import meower.program.source.PresenceProblems;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /presence/{program}} and {@code /presence/{program}/{id}}. */
@RestController
final class PresenceController {

  private static final int TAG_BYTES = 12;

  private final PresenceCallers callers;
  private final PresenceLists lists;
  private final SeenStore store;

  PresenceController(PresenceCallers callers, PresenceLists lists, SeenStore store) {
    this.callers = callers;
    this.lists = lists;
    this.store = store;
  }

  @GetMapping(value = "/presence/{program}", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> everybody(@PathVariable String program, HttpServletRequest request) {
    String caller = callers.caller(request);
    lists.readable(caller, program);
    byte[] body = lists.list(program, caller.equals(program)).json();
    String tag = '"' + tag(body) + '"';
    // Spring compares it with If-None-Match, and answers 304 by itself.
    return ResponseEntity.ok().eTag(tag).cacheControl(CacheControl.noCache()).body(body);
  }

  @GetMapping("/presence/{program}/{id}")
  ObjectAnswer one(
      @PathVariable String program, @PathVariable String id, HttpServletRequest request) {
    lists.readable(callers.caller(request), program);
    return Postgres.ask(() -> store.find(program, id))
        .map(here -> new ObjectAnswer(here.id(), here.lastSeen().toString()))
        .orElseThrow(PresenceProblems::notHere);
  }

  private static String tag(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
