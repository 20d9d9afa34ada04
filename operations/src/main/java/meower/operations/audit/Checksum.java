package meower.operations.audit;

import java.util.List;
import meower.schema.MeowCreated;
import meower.schema.audit.CreationSum;
import meower.schema.audit.LedgerChecksum;

/**
 * What a range holds of meows that nobody has touched since they were posted, in short; the owners
 * of Postgres and of the index compute the same by themselves.
 *
 * @param count how many meows
 * @param hash as {@link CreationSum} says
 */
record Checksum(long count, String hash) {

  /** Sums up what was found; anything else than creations makes the sum unlike any right one. */
  static Checksum of(List<Found> found) {
    CreationSum sum = new CreationSum();
    for (Found one : found) {
      Entry entry = one.entry();
      if (entry != null && entry.event() instanceof MeowCreated meow) {
        sum.add(one.place(), meow);
      } else {
        sum.addWrong(one.handle());
      }
    }
    return new Checksum(sum.count(), sum.hash());
  }

  static Checksum of(LedgerChecksum postgres) {
    return new Checksum(postgres.count(), postgres.hash());
  }
}
