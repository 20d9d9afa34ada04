/**
 * The real servers that integration tests run against: embedded, or containers where Docker
 * answers.
 */
@NullMarked
package meower.testservers;

import org.jspecify.annotations.NullMarked;
