/** As much of the D-Bus protocol as the Secret Service needs, over a Unix socket of the JDK. */
@NullMarked
package dev.ast.credential.keyring.dbus;

import org.jspecify.annotations.NullMarked;
