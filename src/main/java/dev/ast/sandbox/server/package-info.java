/** The sandbox: an authorization server and a small protected API on loopback, run as a process of its own. */
@NullMarked
package dev.ast.sandbox.server;

import org.jspecify.annotations.NullMarked;
