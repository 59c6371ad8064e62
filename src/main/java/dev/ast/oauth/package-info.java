/**
 * The Spring Security side of OAuth 2.0: the device grant that Spring Security lacks, chained with its refresh-token
 * provider in one manager that locks, plus discovery, revocation and the check of id_tokens.
 */
@NullMarked
package dev.ast.oauth;

import org.jspecify.annotations.NullMarked;
