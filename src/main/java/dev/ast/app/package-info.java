/** How the program starts: which mode argv asks for, and the configuration that nothing outside can steer. */
@NullMarked
package dev.ast.app;

import org.jspecify.annotations.NullMarked;
