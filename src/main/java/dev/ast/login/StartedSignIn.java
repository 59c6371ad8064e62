package dev.ast.login;

import dev.ast.domain.ProfileName;
import dev.ast.oauth.DeviceAuthorization;
import java.util.List;
import java.util.Map;

/**
 * A sign-in by code that one command has started and another one finishes.
 *
 * @param id names it
 * @param profile the profile that is signed in
 * @param options the options of the command that started it, values by long name
 * @param arguments its arguments by name
 * @param authorization what the server waits for
 */
public record StartedSignIn(
        String id,
        ProfileName profile,
        Map<String, List<String>> options,
        Map<String, String> arguments,
        DeviceAuthorization authorization) {

    /** Copies the maps. */
    public StartedSignIn {
        options = Map.copyOf(options);
        arguments = Map.copyOf(arguments);
    }
}
