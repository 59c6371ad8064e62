package dev.ast.shell.interactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ast.shell.grammar.Commands;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretLinesTest {
    private final SecretLines secrets = new SecretLines(Commands.catalog());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whoami --token abc",
                "whoami --token=abc",
                "--token abc whoami",
                "login --token-login abc",
                "login --with-token",
                "login -t abc",
                "login -tabc",
                "login -lt abc",
                "auth login -qt abc",
                "lgoin -t abc",
                "login --tokn abc",
                "login --tokenlogin abc",
                "login --toke 'abc",
                "login --Token abc",
                "-q login -t abc",
                "-t abc login",
                "exec ls -lt abc",
                "lgoin -qt abc",
                "exec -- ls --token abc",
                "login --nope --with-token",
                "whoami eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln",
                "3f786850e387550fdab836ed7e6dc881de23001b",
                "api /x -f password=hunter2",
                "api /x -f 'API_KEY = x'",
                "api /x -H 'Authorization: Bearer x'",
                "api /x --header=Authorization:x",
                "api /x -f '{\"secret\": \"x\"}'",
                "set API_TOKEN x",
                "set x eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln",
                "expect 4 login --token-login abc",
                "api /x | curl -H 'Authorization: Bearer x' -",
                "whoami # eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln",
                " whoami",
                "\twhoami",
                ""
            })
    void areNotRemembered(String line) {
        assertThat(secrets.holds(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whoami",
                "set name value",
                "api /x | sort -t , -k 2 > result.txt # sorted",
                "token",
                "token --min-ttl 30m",
                "auth token",
                "help token",
                "profile use production-eu-west-1-customer-42",
                "api /api/v1/workspaces/123e4567-e89b-12d3-a456-426614174000",
                "api -H 'Accept: text/html' /tokens",
                "api -HAccept:t /x",
                "api /x -f name=t -i",
                "exec -- ls -lt",
                "login -l --provider x",
                "login --server https://api.example.com --provider oidc --web",
                "whoami -o json",
                "exec -- sh -c 'echo $AST_TOKEN'",
                "profile use 'my profile'",
                "hello!! !x"
            })
    void ordinaryLinesAreRemembered(String line) {
        assertThat(secrets.holds(line)).isFalse();
    }
}
