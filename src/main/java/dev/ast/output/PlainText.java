package dev.ast.output;

/**
 * A result that is text of our own making, such as a completion script: printed as it is, a line end added where it has
 * none; as a document it is one string.
 */
public record PlainText(String text) {}
