/** The pages that the user sees in the browser: code entry, sign-in, consent, results. */
@NullMarked
package dev.ast.sandbox.server.page;

import org.jspecify.annotations.NullMarked;
