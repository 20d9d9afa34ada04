package meower.schema.audit;

import java.util.List;

/**
 * A part of what was asked for.
 *
 * @param entries all of each meow together, by revision
 * @param upTo how far this part reaches: a sequence, or how many of the meows that were named
 */
public record LedgerEntries(List<LedgerEntry> entries, long upTo) {

  public LedgerEntries {
    entries = List.copyOf(entries);
  }
}
