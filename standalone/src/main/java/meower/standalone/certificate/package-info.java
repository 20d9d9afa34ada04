/** By what the parts of a stack are known to those who connect to them over TLS. */
@NullMarked
package meower.standalone.certificate;

import org.jspecify.annotations.NullMarked;
