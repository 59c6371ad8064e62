/** What other programs ask of a session in protocols of their own. */
@NullMarked
package dev.ast.protocol;

import org.jspecify.annotations.NullMarked;
