@NullMarked
package meower.bench.relevance;

import org.jspecify.annotations.NullMarked;
