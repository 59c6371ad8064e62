/** Profiles and contexts, the file that lists them, and the sessions that belong to them. */
@NullMarked
package dev.ast.profile;

import org.jspecify.annotations.NullMarked;
