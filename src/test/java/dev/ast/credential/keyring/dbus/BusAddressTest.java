package dev.ast.credential.keyring.dbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusAddressTest {
    @TempDir
    Path runtime;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unix:path=/run/user/1000/bus | /run/user/1000/bus",
                "unix:path=/run/user/1000/bus,guid=0123 | /run/user/1000/bus",
                "unix:guid=0123,path=/tmp/a%20b%c3%a4 | /tmp/a bä",
                "tcp:host=localhost,port=1;unix:path=/x | /x",
                "unix:abstract=/tmp/dbus-x;unix:path=/x | /x",
                "unix:runtime=yes | RUNTIME/bus"
            })
    void findsTheSocket(String address, String socket) throws Exception {
        assertThat(BusAddress.sockets(Optional.of(address), Optional.of(runtime.toString())))
                .containsExactly(Path.of(socket.replace("RUNTIME", runtime.toString())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unix:abstract=/tmp/dbus-x,guid=1 | abstract socket",
                "autolaunch: | no socket that can be connected to",
                "unix:path=relative | no socket that can be connected to",
                "unix:path=/a%2 | no socket that can be connected to",
                "unix:path=/a%zz | no socket that can be connected to",
                "unix:path=/a%00b | no socket that can be connected to",
                "disabled: | no socket that can be connected to",
                ";;; | no socket that can be connected to"
            })
    void saysWhyThereIsNone(String address, String why) {
        assertThatThrownBy(() -> BusAddress.sockets(Optional.of(address), Optional.empty()))
                .isInstanceOf(BusException.class)
                .hasMessageContaining(why);
    }

    @Test
    void withoutAnAddressTheRuntimeDirectoryCountsIfABusIsThere() throws Exception {
        Optional<String> directory = Optional.of(runtime.toString());
        assertThatThrownBy(() -> BusAddress.sockets(Optional.empty(), directory))
                .hasMessageContaining("DBUS_SESSION_BUS_ADDRESS is not set");
        Files.createFile(runtime.resolve("bus"));
        assertThat(BusAddress.sockets(Optional.empty(), directory)).containsExactly(runtime.resolve("bus"));
        assertThatThrownBy(() -> BusAddress.sockets(Optional.empty(), Optional.empty()))
                .isInstanceOf(BusException.class);
    }
}
