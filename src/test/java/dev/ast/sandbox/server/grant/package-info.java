/** The sandbox's own grant rules, without HTTP. */
@NullMarked
package dev.ast.sandbox.server.grant;

import org.jspecify.annotations.NullMarked;
