/** What a search finds, beside what a reader expects. */
@NullMarked
package meower.bench.relevance;

import org.jspecify.annotations.NullMarked;
