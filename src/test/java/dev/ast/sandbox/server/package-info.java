/** Drives the sandbox over HTTP as clients and browsers do. */
@NullMarked
package dev.ast.sandbox.server;

import org.jspecify.annotations.NullMarked;
