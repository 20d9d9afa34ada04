/** Whether what was shown agrees with what was sent; knows Meower only from outside. */
@NullMarked
package meower.e2e.chaos.checker;

import org.jspecify.annotations.NullMarked;
