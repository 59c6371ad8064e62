package dev.ast.credential.keyring.dbus;

/**
 * A value that carries its type, D-Bus type {@code v}.
 *
 * @param signature one complete type
 * @param value as {@link WireReader} makes them
 */
public record Variant(String signature, Object value) {}
