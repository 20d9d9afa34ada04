/** The push servers that are compared: Meower and what people would pick instead. */
@NullMarked
package meower.bench.push.peer;

import org.jspecify.annotations.NullMarked;
