package meower.e2e.chaos.remains;

import java.util.Set;

/** Somewhere where texts are, or were, kept. */
interface Place {

  /** Its name in the report. */
  String name();

  /** Returns which of the words are there. */
  Set<String> search(Words words) throws Exception;
}
