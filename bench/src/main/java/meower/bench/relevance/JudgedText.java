package meower.bench.relevance;

/**
 * A text that is searched.
 *
 * @param key what judgements call it
 * @param language as in BCP 47
 */
record JudgedText(String key, String language, String text) {}
