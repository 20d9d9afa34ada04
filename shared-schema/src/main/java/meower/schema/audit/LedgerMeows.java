package meower.schema.audit;

import java.util.List;

/**
 * Asks the command service about meows.
 *
 * @param epoch the number of the epoch in the ledger
 * @param ids at most {@value AuditRequests#MOST_NAMED}
 */
public record LedgerMeows(int epoch, List<String> ids) {

  public LedgerMeows {
    ids = List.copyOf(ids);
  }
}
