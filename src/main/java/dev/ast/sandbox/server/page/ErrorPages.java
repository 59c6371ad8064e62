package dev.ast.sandbox.server.page;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is shown when something went wrong: a page to people, JSON to programs, details to nobody. */
@RestController
public class ErrorPages {

    /** Where the servlet container sends failed requests. */
    public static final String PATH = "/error";

    /** Answers a failed request with the status that it failed with. */
    @RequestMapping(PATH)
    public ResponseEntity<?> error(HttpServletRequest request) {
        HttpStatus status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? HttpStatus.valueOf(code)
                : HttpStatus.NOT_FOUND;
        String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
        if (path.startsWith("/api/") || path.startsWith("/sandbox/")) {
            return ResponseEntity.status(status).body(Map.of("error", status.getReasonPhrase()));
        }
        return new Page(title(status), "error")
                .text("title", title(status))
                .text("advice", advice(status))
                .answer(status);
    }

    private static String title(HttpStatus status) {
        return status == HttpStatus.NOT_FOUND ? "There is nothing here" : "That did not work";
    }

    private static String advice(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "The address may be mistyped.";
            case FORBIDDEN -> "The page was open for too long. Go back, reload it and try again.";
            default ->
                "The request was not valid, or this sign-in was already answered." + " Start again from your terminal.";
        };
    }
}
