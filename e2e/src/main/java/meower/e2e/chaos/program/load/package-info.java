/** Programs that publish, work, are called and report, some of them badly. */
@NullMarked
package meower.e2e.chaos.program.load;

import org.jspecify.annotations.NullMarked;
