/**
 * From words to an exit code, on Spring Shell's command model. What Spring Shell 4.0.1 does not do right yet is
 * replaced here behind its own interfaces, so that a later version can take it back: each class names the defect that
 * it works around.
 */
@NullMarked
package dev.ast.shell;

import org.jspecify.annotations.NullMarked;
