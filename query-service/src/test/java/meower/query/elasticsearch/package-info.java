@NullMarked
package meower.query.elasticsearch;

import org.jspecify.annotations.NullMarked;
