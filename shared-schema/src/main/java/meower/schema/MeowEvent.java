package meower.schema;

/**
 * What the stream carries: one record per thing that can happen to a meow.
 *
 * <p>Readers switch over this type without a default, so that a new kind of event does not compile
 * until every reader has said what it does with it.
 */
public sealed interface MeowEvent permits MeowCreated {

  /** The meow that it happened to. */
  MeowId id();
}
