/** Says what was measured: tables, charts and JSON. */
@NullMarked
package meower.bench.report;

import org.jspecify.annotations.NullMarked;
