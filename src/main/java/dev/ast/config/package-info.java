/** The wiring of the full program: beans of plain classes, one configuration a room. */
@NullMarked
package dev.ast.config;

import org.jspecify.annotations.NullMarked;
