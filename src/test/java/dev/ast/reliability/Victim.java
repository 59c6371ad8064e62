package dev.ast.reliability;

import dev.ast.support.AstResult;
import dev.ast.support.AstWorld;
import dev.ast.support.AuthorizationServer;
import dev.ast.support.AuthorizationServer.Tokens;
import dev.ast.support.Sessions;
import java.time.Duration;
import java.util.List;

/** A command that is killed: what its home has before, and what its end has left there and at the server. */
enum Victim {
    TOKEN("/token") {
        @Override
        List<String> words(AuthorizationServer server) {
            return List.of("token");
        }

        @Override
        Left left(AstWorld world, AuthorizationServer server, Tokens old) {
            return renewed(world, server, old);
        }
    },
    API("/token") {
        @Override
        List<String> words(AuthorizationServer server) {
            return List.of("api", "/api/one");
        }

        @Override
        Left left(AstWorld world, AuthorizationServer server, Tokens old) {
            return renewed(world, server, old);
        }
    },
    LOGIN("/token") {
        @Override
        List<String> words(AuthorizationServer server) {
            return server.login("--profile", "new");
        }

        @Override
        Duration life() {
            return LONG;
        }

        @Override
        Left left(AstWorld world, AuthorizationServer server, Tokens old) {
            AstResult next = world.run("token", "--profile", "new");
            if (next.exit() == 0) {
                return server.takes(next.out().strip()) ? Left.AFTER : Left.UNEXPLAINED;
            }
            // The sessions of the two other profiles live; a third one is that of an approval which came to nothing.
            return next.exit() != 4 ? Left.UNEXPLAINED : server.living() == 2 ? Left.BEFORE : Left.LOST;
        }
    },
    LOGOUT("/revoke") {
        @Override
        List<String> words(AuthorizationServer server) {
            return List.of("logout");
        }

        @Override
        Duration life() {
            return LONG;
        }

        @Override
        Left left(AstWorld world, AuthorizationServer server, Tokens old) {
            boolean stored = Sessions.text(world).contains(old.refresh());
            int next = world.run("token").exit();
            if (stored) {
                return server.lives(old.refresh()) && next == 0 ? Left.BEFORE : Left.UNEXPLAINED;
            }
            return next != 4 ? Left.UNEXPLAINED : server.lives(old.refresh()) ? Left.UNREVOKED : Left.AFTER;
        }
    },
    MIGRATE("") {
        @Override
        List<String> words(AuthorizationServer server) {
            return List.of("auth", "migrate", "--to", "keyring", "--profile", "default");
        }

        @Override
        Duration life() {
            return LONG;
        }

        @Override
        Left left(AstWorld world, AuthorizationServer server, Tokens old) {
            boolean moved = Sessions.profile(world, "default")
                    .text("storage")
                    .orElse("")
                    .equals("keyring");
            if (!world.run("token").out().strip().equals(old.access())) {
                return Left.LOST;
            }
            boolean again = world.run(words(server).toArray(String[]::new)).exit() == 0;
            boolean gone = !Sessions.text(world).contains(old.refresh());
            boolean there = world.run("token").out().strip().equals(old.access());
            return again && gone && there ? moved ? Left.AFTER : Left.BEFORE : Left.UNEXPLAINED;
        }
    },
    USE("") {
        @Override
        List<String> words(AuthorizationServer server) {
            return List.of("profile", "use", "prod");
        }

        @Override
        Duration life() {
            return LONG;
        }

        @Override
        Left left(AstWorld world, AuthorizationServer server, Tokens old) {
            String active = Sessions.read(world).text("active_profile").orElse("default");
            String expected = Sessions.token(world, active, "access_token");
            if (!world.run("token").out().strip().equals(expected)) {
                return Left.UNEXPLAINED;
            }
            return active.equals("prod") ? Left.AFTER : Left.BEFORE;
        }
    };

    /** What a killed command has left. */
    enum Left {
        /** All is as if it had not been started. */
        BEFORE,
        /** All is as if it had come to its end. */
        AFTER,
        /** Only a new sign-in helps: a session, or an approval that was used up. */
        LOST,
        /** Signed out here, but not at the server. */
        UNREVOKED,
        /** Something else. */
        UNEXPLAINED
    }

    private static final Duration OVER = Duration.ofSeconds(-1);
    private static final Duration LONG = Duration.ofHours(1);

    private final String decisive;

    Victim(String decisive) {
        this.decisive = decisive;
    }

    /** The path at the server whose answer decides; empty where no server is asked. */
    String decisive() {
        return decisive;
    }

    /** How long the access token of the profile {@code default} still lives when the command starts. */
    Duration life() {
        return OVER;
    }

    /** What is typed. */
    abstract List<String> words(AuthorizationServer server);

    /** What is left, by looking and by the commands that a user would try next. */
    abstract Left left(AstWorld world, AuthorizationServer server, Tokens old);

    private static Left renewed(AstWorld world, AuthorizationServer server, Tokens old) {
        boolean before = Sessions.token(world, "default", "refresh_token").equals(old.refresh());
        AstResult next = world.run("token");
        if (next.exit() == 0 && server.takes(next.out().strip()) && server.lives(old.refresh())) {
            return before ? Left.BEFORE : Left.AFTER;
        }
        return next.exit() == 5 && next.err().contains("hint: ast login") ? Left.LOST : Left.UNEXPLAINED;
    }
}
