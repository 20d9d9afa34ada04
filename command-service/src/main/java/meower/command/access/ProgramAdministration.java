package meower.command.access;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import meower.database.SchemaMigration;
import meower.nats.Broadcast;
import meower.nats.NatsUnavailableException;
import meower.nats.RequestRefusedException;
import meower.schema.program.IssuedSecret;
import meower.schema.program.NewProgram;
import meower.schema.program.NewSecret;
import meower.schema.program.ProgramList;
import meower.web.pass.Scope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;

/** What operators do with programs. Says who was changed, never a secret. */
final class ProgramAdministration {

  private static final Logger log = LoggerFactory.getLogger(ProgramAdministration.class);
  private static final int SHORTEST_PASSWORD = 12;
  private static final int LONGEST_PASSWORD = 200;
  private static final Duration LONGEST_KEEP = Duration.ofDays(30);

  /** A secret as it is stored, and the token that its program is told. */
  private record Issue(ProgramSecret.Kind kind, String hash, @Nullable String token) {}

  private final Programs programs;
  private final Passwords passwords;
  private final SchemaMigration schema;
  private final Broadcast changes;

  ProgramAdministration(
      Programs programs, Passwords passwords, SchemaMigration schema, Broadcast changes) {
    this.programs = programs;
    this.passwords = passwords;
    this.schema = schema;
    this.changes = changes;
  }

  IssuedSecret add(NewProgram request) throws RequestRefusedException {
    requireName(request.name());
    Set<Scope> scopes = scopes(request.scopes());
    Issue issue = issue(request.password(), request.weak());
    requireSchema();
    try {
      programs.add(request.name(), scopes, issue.kind(), issue.hash());
    } catch (DuplicateKeyException e) {
      throw new RequestRefusedException(
          "There is a program "
              + request.name()
              + " already. Give it another secret with ./meower program rotate "
              + request.name()
              + ", or remove it first.");
    }
    log.info("program={} state=added scopes={}", request.name(), request.scopes());
    tell(request.name());
    return new IssuedSecret(request.name(), issue.token());
  }

  IssuedSecret rotate(NewSecret request) throws RequestRefusedException {
    Duration keep = Duration.ofSeconds(request.keepSeconds());
    if (keep.isNegative() || keep.compareTo(LONGEST_KEEP) > 0) {
      throw new RequestRefusedException("An old secret can be kept for 0s to 30d.");
    }
    Issue issue = issue(request.password(), request.weak());
    Program program = require(request.program());
    programs.rotate(program.name(), issue.kind(), issue.hash(), keep);
    log.info("program={} state=rotated keep={}", program.name(), keep);
    tell(program.name());
    return new IssuedSecret(program.name(), issue.token());
  }

  ProgramList remove(String name) throws RequestRefusedException {
    Program program = require(name);
    ProgramList removed = new ProgramList(List.of(entry(program)));
    programs.remove(program);
    log.info("program={} state=removed", name);
    tell(name);
    return removed;
  }

  ProgramList list() throws RequestRefusedException {
    requireSchema();
    return new ProgramList(programs.all().stream().map(this::entry).toList());
  }

  private ProgramList.Entry entry(Program program) {
    return new ProgramList.Entry(
        program.name(),
        program.scopes(),
        programs.goodSecrets(program.name()).size(),
        program.createdAt(),
        program.lastUsedAt());
  }

  private Program require(String name) throws RequestRefusedException {
    requireName(name);
    requireSchema();
    return programs
        .find(name)
        .orElseThrow(() ->
            new RequestRefusedException(
                "There is no program " + name + ". See ./meower program list."));
  }

  private void requireSchema() throws RequestRefusedException {
    if (!schema.isDone()) {
      throw new RequestRefusedException(
          "The command-service has not brought its tables up to date yet: try again in a moment.");
    }
  }

  private static void requireName(String name) throws RequestRefusedException {
    if (!Program.isName(name)) {
      throw new RequestRefusedException(
          "The name of a program has 1 to 60 of a-z, 0-9 and -, for example my-bot.");
    }
  }

  private static Set<Scope> scopes(Set<String> labels) throws RequestRefusedException {
    Set<String> unknown =
        labels.stream().filter(label -> Scope.of(label).isEmpty()).collect(Collectors.toSet());
    if (labels.isEmpty() || !unknown.isEmpty()) {
      throw new RequestRefusedException(
          "A program may do one or more of " + Program.allScopes() + ".");
    }
    return Arrays.stream(Scope.values())
        .filter(scope -> labels.contains(scope.label()))
        .collect(Collectors.toSet());
  }

  private Issue issue(@Nullable String password, boolean weak) throws RequestRefusedException {
    if (password == null) {
      Token token = Token.random();
      return new Issue(ProgramSecret.Kind.TOKEN, token.hash(), token.value());
    }
    if (password.isEmpty()
        || password.length() > LONGEST_PASSWORD
        || password.chars().anyMatch(Character::isISOControl)) {
      throw new RequestRefusedException(
          "A password has 1 to " + LONGEST_PASSWORD + " characters, and no control characters.");
    }
    if (password.length() < SHORTEST_PASSWORD && !weak) {
      throw new RequestRefusedException(
          "A password has at least "
              + SHORTEST_PASSWORD
              + " characters. Leave --password out to get a token, or add --weak.");
    }
    return new Issue(ProgramSecret.Kind.PASSWORD, passwords.hash(password), null);
  }

  /** Who does not hear it finds out when a kept answer is over. */
  private void tell(String program) {
    try {
      changes.tell(program);
    } catch (NatsUnavailableException | IllegalStateException e) {
      log.warn("program={} state=untold reason=\"{}\"", program, e.toString());
    }
  }
}
