package meower.operations.connection;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that asks the servers something and says what they answer, line by line. */
public abstract class ServersCommand implements Callable<Integer> {

  @Mixin private Servers servers = new Servers();
  @Spec private CommandSpec spec = CommandSpec.create();

  protected final Servers servers() {
    return servers;
  }

  /** Says a line of the result. */
  protected final void say(String line) {
    new Terminal(spec).say(line);
  }

  /** Says a line beside the result, which a script does not read. */
  protected final void remark(String line) {
    new Terminal(spec).remark(line);
  }
}
