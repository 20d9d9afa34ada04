@NullMarked
package meower.e2e.report;

import org.jspecify.annotations.NullMarked;
