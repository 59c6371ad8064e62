package dev.ast.shell.completion;

/**
 * One thing that can stand at the cursor.
 *
 * @param value the whole word, without quoting
 * @param description a few words about it; may be empty
 */
public record Proposal(String value, String description) {}
