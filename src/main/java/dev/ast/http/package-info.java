/** The access to other computers: no redirects, no repeats, deadlines, size limits, proxy, trust and user agent. */
@NullMarked
package dev.ast.http;

import org.jspecify.annotations.NullMarked;
