/** How fast, and how soon, receivers are called. */
@NullMarked
package meower.bench.callback;

import org.jspecify.annotations.NullMarked;
