/** How the sandbox grants tokens: what Spring Authorization Server leaves open for public clients and devices. */
@NullMarked
package dev.ast.sandbox.server.grant;

import org.jspecify.annotations.NullMarked;
