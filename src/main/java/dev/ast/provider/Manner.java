package dev.ast.provider;

/**
 * What a platform does in a way of its own.
 *
 * @param prefersBrowser whether its own way of signing in is the browser on this machine; else it is a code
 * @param redirectPort the port that the browser comes back to; 0, as it should be, for a free one
 */
public record Manner(boolean prefersBrowser, int redirectPort) {
    /** Nothing out of the ordinary. */
    public static final Manner PLAIN = new Manner(false, 0);
}
