package meower.command.publish;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says in one frame.
 *
 * @param ref their name for the frame, which the answer repeats
 * @param body the text as they typed it
 * @param key under which they may say it again without making a second meow
 */
record PublishFrame(@Nullable String ref, String body, Optional<String> key) {}
