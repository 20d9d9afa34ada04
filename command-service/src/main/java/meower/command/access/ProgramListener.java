package meower.command.access;

/** Hears that a program is another one now: it has other secrets, or there is none of that name. */
@FunctionalInterface
public interface ProgramListener {

  /** Is called in every instance, at most a second after it happened, unless NATS is away. */
  void changed(String program);
}
