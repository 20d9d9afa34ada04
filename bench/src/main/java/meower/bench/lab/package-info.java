/**
 * Runs a benchmark: Meower and its peers in turn, rounds, samples, and what each part costs
 * meanwhile.
 */
@NullMarked
package meower.bench.lab;

import org.jspecify.annotations.NullMarked;
