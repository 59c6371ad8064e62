package dev.ast.output;

/** How a result is written. */
public enum Format {
    /** For people. */
    TEXT,
    /** One JSON document on one line. */
    JSON,
    /** One YAML document. */
    YAML,
    /** Comma-separated values with a header, for lists. */
    CSV
}
