package meower.e2e.chaos.history;

/** When something was broken, as far as whoever broke it knows. */
public interface Outages {

  /** Nothing ever was. */
  Outages NONE =
      new Outages() {
        @Override
        public boolean isBroken(long from, long to) {
          return false;
        }

        @Override
        public boolean isUnsettled(long from, long to) {
          return false;
        }
      };

  /** Whether something was broken, or recovering, at some time between two moments. */
  boolean isBroken(long from, long to);

  /** Whether something was broken between two moments, or so shortly before that it may last. */
  boolean isUnsettled(long from, long to);
}
