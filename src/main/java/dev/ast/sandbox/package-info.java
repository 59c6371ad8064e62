/** The program's side of the sandbox: starts its server as a process of its own, and a shell that is set up for it. */
@NullMarked
package dev.ast.sandbox;

import org.jspecify.annotations.NullMarked;
