package dev.ast.session;

import dev.ast.domain.Failure;
import dev.ast.host.Environment;
import dev.ast.provider.PlatformOptions;
import dev.ast.provider.Provider;
import dev.ast.provider.Providers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which platform the environment selects where no profile names one: the one whose own token variable or key pair is
 * set. A variable of no platform in particular ({@code AST_TOKEN}) means none.
 */
final class PlatformVariables {
    private final Providers providers;
    private final Environment environment;

    PlatformVariables(Providers providers, Environment environment) {
        this.providers = providers;
        this.environment = environment;
    }

    /** A platform, and the variable that means it. */
    record Named(Provider provider, String variable) {}

    /**
     * The platform that is meant.
     *
     * @return empty when no variable of a platform is set
     * @throws dev.ast.domain.FailureException (usage) when variables of several platforms are set
     */
    Optional<Named> named() {
        List<Named> complete = all(this::complete);
        // Half of a key pair gives no token, but its platform can say that the other half is missing.
        List<Named> found = complete.isEmpty() ? all(this::half) : complete;
        List<Named> distinct = found.stream()
                .filter(one -> one.provider().id().equals(Providers.DEFAULT)
                        || found.stream()
                                .noneMatch(other -> other.provider().id().equals(Providers.DEFAULT)
                                        && other.variable().equals(one.variable())))
                .toList();
        if (distinct.size() > 1) {
            Named first = distinct.get(0);
            Named second = distinct.get(1);
            throw Failure.usage(
                    first.variable() + " (platform " + first.provider().id() + ") and " + second.variable()
                            + " (platform " + second.provider().id()
                            + ") are set, and no profile names the platform",
                    "ast profile create NAME --provider " + first.provider().id() + "; then ast profile use NAME");
        }
        return distinct.stream().findFirst();
    }

    private List<Named> all(Function<Provider, Optional<String>> variable) {
        List<Named> all = new ArrayList<>();
        for (Provider provider : providers.all()) {
            variable.apply(provider).ifPresent(name -> all.add(new Named(provider, name)));
        }
        return all;
    }

    private Optional<String> complete(Provider provider) {
        for (String name : provider.tokenVariables()) {
            if (isSet(name)) {
                return Optional.of(name);
            }
        }
        return provider.options()
                .keyPair()
                .filter(pair -> isSet(pair.idVariable()) && isSet(pair.secretVariable()))
                .map(PlatformOptions.KeyPair::idVariable);
    }

    private Optional<String> half(Provider provider) {
        return provider.options()
                .keyPair()
                .flatMap(pair -> isSet(pair.idVariable())
                        ? Optional.of(pair.idVariable())
                        : Optional.of(pair.secretVariable()).filter(this::isSet));
    }

    private boolean isSet(String name) {
        return environment.get(name).isPresent();
    }
}
