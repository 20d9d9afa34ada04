@NullMarked
package meower.query.view;

import org.jspecify.annotations.NullMarked;
