package dev.ast.output;

/** When colours are used. */
public enum Coloring {
    /** On a terminal that can show them, unless the environment forbids it. */
    AUTO,
    ALWAYS,
    NEVER
}
