/** How each result looks: one class a result, the document for programs beside the text for people. */
@NullMarked
package dev.ast.output.view;

import org.jspecify.annotations.NullMarked;
