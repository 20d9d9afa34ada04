@NullMarked
package meower.bench.read;

import org.jspecify.annotations.NullMarked;
