package meower.e2e.chaos.checker;

import java.util.OptionalInt;
import meower.e2e.chaos.history.Ledger;
import meower.e2e.chaos.history.Numbers;
import meower.e2e.chaos.history.Reads;
import meower.e2e.chaos.history.Reads.Page;
import meower.e2e.chaos.history.Reads.Search;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.history.Violations;

/**
 * Judges what was read while the run went on: each page is a piece of the final order, and shows
 * exactly what its position says.
 */
record ReadJudge(FinalOrder order, Ledger ledger, Violations violations) {

  private static final int NONE = -1;

  void judge(Reads reads) {
    reads.pages().forEach(this::judge);
    reads.searches().forEach(this::judge);
  }

  private void judge(Page page) {
    int upper = NONE;
    var left = new Numbers();
    for (int i = 0; i < page.numbers().size(); i++) {
      int number = page.numbers().get(i);
      if (order.placeOf(number) != FinalOrder.NOWHERE) {
        if (upper != NONE && order.placeOf(number) != order.placeOf(upper) - 1) {
          judgeNeighbours(page, upper, number);
          return;
        }
        left.add(number);
        upper = number;
      } else if (!ledger.get(number).mayBeDeleted()) {
        add(Kind.LOST, page.at(), "a page showed " + ledger.get(number) + ", the end has not");
        return;
      }
    }
    // A page of which nothing is left says nothing about what is.
    if (left.size() > 0 || page.numbers().size() == 0) {
      judgeEnds(page, left);
    }
  }

  private void judgeNeighbours(Page page, int upper, int lower) {
    int missing = order.placeOf(upper) - order.placeOf(lower) - 1;
    add(
        missing > 0 ? Kind.LOST : Kind.OUT_OF_ORDER,
        page.at(),
        "a page had %s right above %s".formatted(ledger.get(upper), ledger.get(lower)));
  }

  private void judgeEnds(Page page, Numbers numbers) {
    var claimed = order.placeAt(page.position());
    int top = numbers.size() == 0 ? FinalOrder.NOWHERE : order.placeOf(numbers.get(0));
    int bottom =
        numbers.size() == 0 ? FinalOrder.NOWHERE : order.placeOf(numbers.get(numbers.size() - 1));
    if (claimed.isPresent() && top > claimed.getAsInt()) {
      add(Kind.UNTRUE_POSITION, page.at(), "a page shows more than its " + page.position());
    }
    switch (page.cursor()) {
      case NEWEST -> judgeTop(page, top, claimed);
      case BEFORE -> judgeTop(page, top, order.placeBelow(page.of()));
      case AFTER -> judgeBottom(page, bottom, claimed, order.placeAbove(page.of()));
    }
    if (page.cursor() != Reads.Cursor.AFTER && !page.full() && bottom > 0) {
      add(Kind.LOST, page.at(), "a page ended at " + ledger.get(order.numberAt(bottom)));
    }
  }

  private void judgeTop(Page page, int top, OptionalInt wanted) {
    boolean exact = page.cursor() == Reads.Cursor.BEFORE;
    if (wanted.isPresent() && (exact ? top != wanted.getAsInt() : top < wanted.getAsInt())) {
      add(
          Kind.LOST,
          page.at(),
          "a page %s at %s begins at place %d instead of %d"
              .formatted(page.cursor(), page.position(), top, wanted.getAsInt()));
    }
  }

  private void judgeBottom(Page page, int bottom, OptionalInt claimed, OptionalInt above) {
    if (above.isEmpty()) {
      return;
    }
    int wanted = above.getAsInt();
    boolean empty = page.numbers().size() == 0;
    boolean nothingNewer = claimed.isEmpty() || claimed.getAsInt() < wanted;
    if (empty ? !nothingNewer : bottom != wanted) {
      add(
          Kind.LOST,
          page.at(),
          "the page after %s at %s begins at place %d instead of %d"
              .formatted(ledger.get(page.of()), page.position(), bottom, wanted));
    }
  }

  private void judge(Search search) {
    var claimed = order.placeAt(search.position());
    int place = order.placeOf(search.wanted());
    if (claimed.isEmpty() || place == FinalOrder.NOWHERE) {
      return;
    }
    if (search.found() != place <= claimed.getAsInt()) {
      add(
          search.found() ? Kind.UNTRUE_POSITION : Kind.LOST,
          search.at(),
          "a search at %s %s %s"
              .formatted(
                  search.position(),
                  search.found() ? "already finds" : "does not find",
                  ledger.get(search.wanted())));
    }
  }

  private void add(Kind kind, long at, String what) {
    violations.add(kind, at, what);
  }
}
