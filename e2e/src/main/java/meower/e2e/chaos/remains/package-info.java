/** Whether anything is left of what was deleted, wherever it was kept. */
@NullMarked
package meower.e2e.chaos.remains;

import org.jspecify.annotations.NullMarked;
