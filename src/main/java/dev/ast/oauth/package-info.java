/**
 * The Spring Security side of OAuth 2.0: a provider for each grant, chained in one manager that locks, plus discovery,
 * revocation and the check of id_tokens. What is granted is what providers and manager return.
 */
@NullMarked
package dev.ast.oauth;

import org.jspecify.annotations.NullMarked;
