package meower.pusher;

/**
 * One life of the stream, from its beginning to the present: what every browser reads.
 *
 * @param log its newest part, as it comes in
 * @param history what came before
 */
record Feed(FeedLog log, History history) {}
