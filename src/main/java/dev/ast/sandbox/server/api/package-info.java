/** The protected API, and the back door that approves a sign-in without a browser. */
@NullMarked
package dev.ast.sandbox.server.api;

import org.jspecify.annotations.NullMarked;
