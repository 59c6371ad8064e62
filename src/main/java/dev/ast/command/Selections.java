package dev.ast.command;

import dev.ast.domain.Failure;
import dev.ast.domain.ProfileName;
import dev.ast.domain.Secret;
import dev.ast.login.TokenText;
import dev.ast.provider.Domains;
import dev.ast.session.Selection;
import dev.ast.session.Targets;
import java.util.Optional;

/** Reads the selected profile, server and token from a call. */
public final class Selections {
    private final TokenText tokens;

    /** Reads {@code --token} in the given way. */
    public Selections(TokenText tokens) {
        this.tokens = tokens;
    }

    /** The selection by the call's global options. */
    public Selection of(Call call) {
        GlobalOptions global = call.global();
        Optional<Secret> token = global.token().isEmpty()
                ? Optional.empty()
                : Optional.of(tokens.read(global.token().get(), call.conversation()::warn));
        return new Selection(global.profile(), global.context(), global.server(), token);
    }

    /**
     * The same for the profile of a domain, where one is named.
     *
     * @throws dev.ast.domain.FailureException (not_signed_in) when no profile has the domain; (usage) together with
     *     {@code --profile} or {@code --server}
     */
    static Selection inDomain(Selection given, Optional<String> domain, Targets targets) {
        if (domain.isEmpty()) {
            return given;
        }
        if (given.profile().isPresent() || given.server().isPresent()) {
            throw Failure.usage("a domain and --profile or --server do not go together", "give one of them");
        }
        Domains.Meant meant = Domains.of(domain.get());
        ProfileName name = targets.profileFor(meant.provider(), meant.server())
                .orElseThrow(() -> new Failure.NotSignedIn(targets.choose(given).name(), Optional.of(meant.domain()))
                        .asException());
        return new Selection(Optional.of(name), given.context(), Optional.empty(), given.token());
    }
}
