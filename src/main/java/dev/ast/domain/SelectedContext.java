package dev.ast.domain;

/**
 * An account, organization or workspace inside a profile.
 *
 * @param kind {@code account}, {@code organization} or {@code workspace}
 * @param id the server's id
 * @param name what people call it
 */
public record SelectedContext(String kind, String id, String name) {}
