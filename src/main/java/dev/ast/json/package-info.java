/** JSON as plain maps and lists, read and written in a stream, with limits on everything that comes from outside. */
@NullMarked
package dev.ast.json;

import org.jspecify.annotations.NullMarked;
