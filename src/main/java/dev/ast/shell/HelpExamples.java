package dev.ast.shell;

import java.util.List;
import java.util.Map;

/** Examples for the page of each command; a test reads every one of them as the program would. */
public final class HelpExamples {
    private static final Map<String, List<String>> ALL = Map.ofEntries(
            of("login", "ast login", "ast login --profile work --provider oidc --issuer https://login.example.com"),
            of("logout", "ast logout", "ast logout --all"),
            of("whoami", "ast whoami", "ast whoami -o json"),
            of("status", "ast status", "ast status --check --profile work"),
            of("token", "ast token --min-ttl 10m", "ast token --profile work"),
            of("why", "ast why", "ast why --server https://api.example.com", "ast why git.example.com"),
            of("exec", "ast exec -- ./deploy.sh", "ast exec --token-file TOKEN_PATH -- ./a-long-job"),
            of(
                    "api",
                    "ast api /api/v1/things",
                    "ast api POST /api/v1/things -f name=first -F count=3",
                    "ast api /api/v1/things --paginate --jq '.[].name'"),
            of("profile list", "ast profile list", "ast profile list -o json"),
            of("profile show", "ast profile show work"),
            of("profile use", "ast profile use work", "ast profile use -"),
            of("profile create", "ast profile create work --provider oidc --issuer https://login.example.com"),
            of(
                    "profile set",
                    "ast profile set work --protected",
                    "ast profile set work --also-for https://git.example.com"),
            of("profile rename", "ast profile rename work production"),
            of("profile remove", "ast profile remove work"),
            of("profile bind", "ast profile bind work"),
            of("profile unbind", "ast profile unbind"),
            of("context list", "ast context list --refresh"),
            of("context use", "ast context use acme", "ast context use -"),
            of("context clear", "ast context clear"),
            of("credential git", "ast credential git capability"),
            of("credential docker", "ast credential docker list"),
            of("credential kubectl", "ast credential kubectl --access-token"),
            of("credential terraform", "ast credential terraform get app.terraform.io"),
            of("credential bazel", "ast credential bazel get"),
            of("credential cargo", "ast credential cargo --cargo-plugin"),
            of("credential go", "ast credential go https://go.example.com/module"),
            of("credential google", "ast credential google --profile work"),
            of(
                    "credential aws",
                    "ast credential aws --role-arn arn:aws:iam::123456789012:role/NAME --region eu-central-1"),
            of("credential headers", "ast credential headers https://api.example.com"),
            of("auth import", "ast auth import --yes"),
            of("auth migrate", "ast auth migrate --to keyring"),
            of("pat create", "ast pat create ci --profile work"),
            of("pat list", "ast pat list"),
            of("pat revoke", "ast pat revoke 42"),
            of("config list", "ast config list", "ast config list --all -o json"),
            of("config get", "ast config get ast.shell.pager"),
            of(
                    "config set",
                    "ast config set ast.shell.pager never",
                    "ast config set providers.work.scope openid email"),
            of("config unset", "ast config unset ast.shell.pager"),
            of("config edit", "ast config edit"),
            of("config path", "ast config path"),
            of("log", "ast log --since 7d", "ast log -n 20 -o json"),
            of("doctor", "ast doctor", "ast doctor --offline --fix", "ast doctor --bundle report.json"),
            of("sandbox", "ast sandbox", "ast sandbox --tour"),
            of("sandbox approve", "ast sandbox approve ABCD-EFGH"),
            of("completion", "ast completion bash", "ast completion zsh", "ast completion fish"),
            of("completion install", "ast completion install", "ast completion install zsh"),
            of("completion uninstall", "ast completion uninstall"),
            of("set", "set region eu"),
            of("expect", "expect 4 whoami --profile nobody"),
            of("alias", "alias things api /api/v1/things", "alias --remove things"),
            of("_", "_"),
            of("help", "ast help login", "ast help topics"),
            of("history", "ast history login", "ast history -n 20"),
            of("exit", "ast exit 3"));

    private HelpExamples() {}

    private static Map.Entry<String, List<String>> of(String command, String... lines) {
        return Map.entry(command, List.of(lines));
    }

    /** The example lines of a command, none for one that explains itself. */
    public static List<String> of(String command) {
        return ALL.getOrDefault(command, List.of());
    }

    /** The commands that have examples. */
    static Iterable<String> commands() {
        return ALL.keySet();
    }
}
