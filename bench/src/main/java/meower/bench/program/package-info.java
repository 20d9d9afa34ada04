/** What a program does through nginx, beside the load. */
@NullMarked
package meower.bench.program;

import org.jspecify.annotations.NullMarked;
