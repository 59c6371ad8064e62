/**
 * The only writer to the terminal: results as text, JSON and YAML; notices, questions and progress; the filter for
 * control characters.
 */
@NullMarked
package dev.ast.output;

import org.jspecify.annotations.NullMarked;
