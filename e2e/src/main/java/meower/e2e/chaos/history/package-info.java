/**
 * What was sent, what was acknowledged, and what was shown, as it was written down during a run.
 */
@NullMarked
package meower.e2e.chaos.history;

import org.jspecify.annotations.NullMarked;
