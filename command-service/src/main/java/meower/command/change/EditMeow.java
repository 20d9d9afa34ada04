package meower.command.change;

import meower.command.text.MeowBody;
import meower.schema.MeowId;

/**
 * The command: a meow gets another text.
 *
 * @param body its whole text from now on
 * @param ifMatch which revisions may be replaced
 */
record EditMeow(MeowId id, MeowBody body, IfMatch ifMatch) {}
