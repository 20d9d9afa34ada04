/** What somebody searches for, and whether and where a text has it. */
@NullMarked
package meower.search;

import org.jspecify.annotations.NullMarked;
