package dev.ast.session;

import dev.ast.domain.CredentialSource;
import dev.ast.domain.TokenSet;

/** A token, and where it came from. */
public record Credential(CredentialSource source, TokenSet tokens) {}
