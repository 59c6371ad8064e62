/** The packaged program against real identity servers, by the Maven profile {@code identity-servers}. */
@NullMarked
package dev.ast.servers;

import org.jspecify.annotations.NullMarked;
