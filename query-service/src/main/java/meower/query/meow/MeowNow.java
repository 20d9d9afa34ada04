package meower.query.meow;

/** What clients are told of a meow: how it reads now, or that it was deleted. */
public sealed interface MeowNow permits TimelineMeow, DeletedMeow {

  String id();

  /** Returns up to which revision whoever knows this has nothing to wait for. */
  int reached();
}
