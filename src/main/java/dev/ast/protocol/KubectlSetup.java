package dev.ast.protocol;

import dev.ast.domain.Failure;
import dev.ast.host.ShellText;
import dev.ast.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Sets up a user {@code ast} by {@code kubectl config}. */
final class KubectlSetup implements Setup {
    private static final List<String> HELPER = List.of("credential", "kubectl");

    @Override
    public String text(SetupPlace place) {
        return "kubectl "
                + words(place, true).stream().map(ShellText::word).collect(Collectors.joining(" "))
                + "\nkubectl config set-context --current --user=ast\n";
    }

    @Override
    public List<String> apply(SetupPlace place) {
        requireOurs(place);
        if (place.run("kubectl", words(place, true).toArray(String[]::new)).code() != 0) {
            // Before 1.29 it has no options for all of that, and the cluster's server is not named.
            place.must("kubectl", words(place, false).toArray(String[]::new));
        }
        return List.of("kubectl has a user ast; for a context: kubectl config set-context --current --user=ast");
    }

    @Override
    public List<String> remove(SetupPlace place) {
        if (!requireOurs(place)) {
            return List.of();
        }
        place.must("kubectl", "config", "unset", "users.ast");
        return List.of("kubectl has no user ast any more");
    }

    /** Whether there is such a user, which has only what this class writes. */
    private static boolean requireOurs(SetupPlace place) {
        String user = place.run("kubectl", "config", "view", "-o", "jsonpath={.users[?(@.name==\"ast\")].user}")
                .out();
        if (user.isBlank()) {
            return false;
        }
        boolean ours = Json.tryObject(user.getBytes(StandardCharsets.UTF_8))
                .filter(members -> members.members().keySet().equals(Set.of("exec")))
                .flatMap(members -> members.object("exec"))
                .flatMap(exec -> exec.texts("args"))
                .filter(words -> words.size() >= 2 && words.subList(0, 2).equals(HELPER))
                .isPresent();
        if (!ours) {
            throw Failure.failed("kubectl has a user ast already, of another kind", "kubectl config view");
        }
        return true;
    }

    private static List<String> words(SetupPlace place, boolean all) {
        List<String> words = new ArrayList<>(List.of("config", "set-credentials", "ast"));
        words.add("--exec-api-version=client.authentication.k8s.io/" + (all ? "v1" : "v1beta1"));
        if (all) {
            words.addAll(List.of("--exec-interactive-mode=IfAvailable", "--exec-provide-cluster-info=true"));
        }
        words.add("--exec-command=" + place.launcher());
        place.words("kubectl").forEach(word -> words.add("--exec-arg=" + word));
        return words;
    }
}
