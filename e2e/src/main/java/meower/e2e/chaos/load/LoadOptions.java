package meower.e2e.chaos.load;

/**
 * How much goes on at the same time.
 *
 * @param posts per second, when each is answered at once
 * @param browsers that are there altogether
 * @param readers that page and search
 */
public record LoadOptions(int posts, int browsers, int readers) {}
