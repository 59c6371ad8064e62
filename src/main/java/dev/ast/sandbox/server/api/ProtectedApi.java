package dev.ast.sandbox.server.api;

import dev.ast.sandbox.server.grant.DemoUser;
import dev.ast.sandbox.server.grant.DemoUsers;
import java.security.Principal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** A small API behind bearer tokens: who am I, a list in pages, an echo, and a slow answer. */
@RestController
@RequestMapping("/api/v1")
public class ProtectedApi {

    private static final int THINGS = 25;
    private static final int LARGEST_PAGE = 100;
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    private final DemoUsers users;

    /** Knows those people. */
    public ProtectedApi(DemoUsers users) {
        this.users = users;
    }

    /** The user behind the token, with a personal and an organization account. */
    @GetMapping("/me")
    public Map<String, Object> me(Principal principal) {
        DemoUser user = users.named(principal.getName());
        Map<String, Object> me = new LinkedHashMap<>();
        me.put("id", user.username());
        me.put("name", user.name());
        me.put("email", user.email());
        me.put("first_name", user.givenName());
        me.put("last_name", user.familyName());
        me.put(
                "accounts",
                List.of(
                        account("acc_" + user.username(), user.username(), "personal", "owner"),
                        account("acc_acme", "acme", "organization", "member")));
        return me;
    }

    /** One page of things, with the neighbouring pages in the {@code Link} header (RFC 8288). */
    @GetMapping("/things")
    public ResponseEntity<List<Map<String, Object>>> things(
            @RequestParam(name = "page", defaultValue = "1") int page,
            @RequestParam(name = "per_page", defaultValue = "10") int perPage) {
        if (page < 1 || perPage < 1 || perPage > LARGEST_PAGE) {
            return ResponseEntity.badRequest().build();
        }
        int last = (THINGS + perPage - 1) / perPage;
        List<String> links = new ArrayList<>();
        if (page < last) {
            links.add(link(page + 1, "next"));
        }
        if (page > 1) {
            links.add(link(Math.min(page - 1, last), "prev"));
        }
        links.add(link(1, "first"));
        links.add(link(last, "last"));
        List<Map<String, Object>> body = IntStream.rangeClosed(1, THINGS)
                .skip((long) (page - 1) * perPage)
                .limit(perPage)
                .mapToObj(ProtectedApi::thing)
                .toList();
        return ResponseEntity.ok()
                .header(HttpHeaders.LINK, String.join(", ", links))
                .body(body);
    }

    /** Sends back what was sent, as it came. */
    @PostMapping("/things")
    public ResponseEntity<byte[]> echo(
            @RequestBody(required = false) byte[] body,
            @RequestHeader(name = HttpHeaders.CONTENT_TYPE, defaultValue = MediaType.APPLICATION_OCTET_STREAM_VALUE)
                    String type) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .header(HttpHeaders.CONTENT_TYPE, type)
                .body(body == null ? new byte[0] : body);
    }

    /** Answers after that many milliseconds, a minute at most. */
    @GetMapping("/slow")
    public Map<String, Long> slow(@RequestParam(name = "ms", defaultValue = "1000") long millis)
            throws InterruptedException {
        long wait = Math.max(0, Math.min(millis, LONGEST_WAIT_MILLIS));
        Thread.sleep(wait);
        return Map.of("waited_ms", wait);
    }

    private static Map<String, Object> account(String id, String name, String type, String role) {
        Map<String, Object> account = new LinkedHashMap<>();
        account.put("id", id);
        account.put("name", name);
        account.put("type", type);
        account.put("role", role);
        return account;
    }

    private static Map<String, Object> thing(int number) {
        Map<String, Object> thing = new LinkedHashMap<>();
        thing.put("id", number);
        thing.put("name", "thing " + number);
        return thing;
    }

    private static String link(int page, String relation) {
        String address = ServletUriComponentsBuilder.fromCurrentRequest()
                .replaceQueryParam("page", page)
                .toUriString();
        return "<" + address + ">; rel=\"" + relation + "\"";
    }
}
