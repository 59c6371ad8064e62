/** Taking over sessions that other programs keep in files. Their files are read and never changed. */
@NullMarked
package dev.ast.login.importing;

import org.jspecify.annotations.NullMarked;
