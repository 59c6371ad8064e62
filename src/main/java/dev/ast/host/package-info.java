/** The access to this computer: environment, paths, signals, processes, browser, clock. */
@NullMarked
package dev.ast.host;

import org.jspecify.annotations.NullMarked;
