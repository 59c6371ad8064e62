/** The platforms as data, and how the identity is read on each. */
@NullMarked
package dev.ast.provider;

import org.jspecify.annotations.NullMarked;
