/** Authenticated requests to the profile's server. */
@NullMarked
package dev.ast.api;

import org.jspecify.annotations.NullMarked;
