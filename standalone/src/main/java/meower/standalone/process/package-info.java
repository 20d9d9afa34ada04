/**
 * Processes of this machine: how they are found, watched and ended, their files and their ports.
 */
@NullMarked
package meower.standalone.process;

import org.jspecify.annotations.NullMarked;
