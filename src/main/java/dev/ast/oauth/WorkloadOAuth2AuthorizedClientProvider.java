package dev.ast.oauth;

import dev.ast.domain.Failure;
import dev.ast.domain.FailureException;
import dev.ast.domain.Secret;
import dev.ast.domain.ServerOrigin;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

/**
 * Gets an access token for the token of a machine, at a sign-in and again when that access token ends: the machine's
 * token is read anew, so nothing of it has to be kept. It fails as {@link WorkloadTokens} and the endpoint do, and
 * (denied) when the server refuses the exchange.
 */
public final class WorkloadOAuth2AuthorizedClientProvider implements OAuth2AuthorizedClientProvider {
    private final TokenEndpoint endpoint;
    private final WorkloadTokens tokens;

    WorkloadOAuth2AuthorizedClientProvider(TokenEndpoint endpoint, WorkloadTokens tokens) {
        this.endpoint = endpoint;
        this.tokens = tokens;
    }

    @Override
    public @Nullable GrantedClient authorize(OAuth2AuthorizationContext context) {
        if (!ProfileRegistration.isOfWorkload(context.getClientRegistration())) {
            return null;
        }
        ProfileRegistration registration = ProfileRegistration.of(context.getClientRegistration());
        OAuthClient client = registration.client();
        Secret token = tokens.read(client);
        GrantedClient granted;
        try {
            granted = GrantedClient.of(
                    context,
                    endpoint.client(WorkloadGrantRequest::parameters)
                            .getTokenResponse(new WorkloadGrantRequest(
                                    context.getClientRegistration(),
                                    client.options().workload(),
                                    token)));
        } catch (OAuth2AuthorizationException e) {
            throw refused(ServerOrigin.of(registration.tokenUri()), token, e);
        }
        return context.getAuthorizedClient() instanceof GrantedClient before
                ? granted.with(before.tokens().renewed(granted.tokens()))
                : granted;
    }

    private static FailureException refused(ServerOrigin server, Secret token, OAuth2AuthorizationException e) {
        return Failure.denied(
                server + " does not accept the workload token: " + OAuthAnswers.text(e.getError())
                        + WorkloadTokens.described(token),
                "have the server trust that issuer, subject and audience for this client, or try another"
                        + " --workload-grant");
    }
}
