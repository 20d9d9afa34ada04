package meower.command.meow;

/**
 * The command: somebody wants this meow to be seen by everybody.
 *
 * @param body what they said
 */
record PostMeow(MeowBody body) {}
