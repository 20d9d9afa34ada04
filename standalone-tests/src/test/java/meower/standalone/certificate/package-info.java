@NullMarked
package meower.standalone.certificate;

import org.jspecify.annotations.NullMarked;
