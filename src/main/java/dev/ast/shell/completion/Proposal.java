package dev.ast.shell.completion;

/**
 * One completion of the word at the cursor.
 *
 * @param value the whole word, without quoting
 * @param description a short description; may be empty
 */
public record Proposal(String value, String description) {}
