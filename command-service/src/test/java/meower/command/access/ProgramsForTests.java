package meower.command.access;

import java.util.EnumSet;
import meower.command.RunningService;
import meower.web.pass.Scope;

/** Programs without an operator who adds them. */
public final class ProgramsForTests {

  private ProgramsForTests() {}

  /** Adds a program that may do everything, and returns its token. */
  public static String add(RunningService service, String name) {
    Token token = Token.random();
    service
        .bean(Programs.class)
        .add(name, EnumSet.allOf(Scope.class), ProgramSecret.Kind.TOKEN, token.hash());
    return token.value();
  }
}
