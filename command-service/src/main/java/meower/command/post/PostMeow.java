package meower.command.post;

import java.util.Optional;
import meower.command.text.MeowBody;
import meower.command.trail.Sender;

/**
 * The command: somebody wants this meow to be seen by everybody.
 *
 * @param body what they said
 * @param key under which they may say it again without making a second meow
 * @param sender who says it
 */
record PostMeow(MeowBody body, Optional<PostKey> key, Sender sender) {}
