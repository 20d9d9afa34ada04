/** What programs did during a run, and what they were answered, by the clock of the run. */
@NullMarked
package meower.e2e.chaos.program.history;

import org.jspecify.annotations.NullMarked;
