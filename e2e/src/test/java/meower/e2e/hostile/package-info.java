/** Those who do not keep to the rules: what they send, and that nobody else suffers from it. */
@NullMarked
package meower.e2e.hostile;

import org.jspecify.annotations.NullMarked;
