package dev.ast.protocol;

import java.util.ArrayList;
import java.util.List;

/** Sets up a user {@code ast} by {@code kubectl config}. */
final class KubectlSetup implements Setup {
    @Override
    public String text(SetupPlace place) {
        return "kubectl " + String.join(" ", words(place, true))
                + "\nkubectl config set-context --current --user=ast\n";
    }

    @Override
    public List<String> apply(SetupPlace place) {
        if (place.run("kubectl", words(place, true).toArray(String[]::new)).code() != 0) {
            // Before 1.29 it has no options for all of that, and the cluster's server is not named.
            place.must("kubectl", words(place, false).toArray(String[]::new));
        }
        return List.of("kubectl has a user ast; for a context: kubectl config set-context --current --user=ast");
    }

    @Override
    public List<String> remove(SetupPlace place) {
        if (!place.run("kubectl", "config", "view", "-o", "jsonpath={.users[*].name}")
                .out()
                .matches("(?s)(.* )?ast( .*)?")) {
            return List.of();
        }
        place.must("kubectl", "config", "unset", "users.ast");
        return List.of("kubectl has no user ast any more");
    }

    private static List<String> words(SetupPlace place, boolean all) {
        List<String> words = new ArrayList<>(List.of("config", "set-credentials", "ast"));
        words.add("--exec-api-version=client.authentication.k8s.io/" + (all ? "v1" : "v1beta1"));
        if (all) {
            words.addAll(List.of("--exec-interactive-mode=IfAvailable", "--exec-provide-cluster-info=true"));
        }
        words.addAll(List.of("--exec-command=" + place.launcher(), "--exec-arg=credential", "--exec-arg=kubectl"));
        place.profileWords().forEach(word -> words.add("--exec-arg=" + word));
        return words;
    }
}
