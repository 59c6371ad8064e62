package dev.ast.sandbox.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers only under the sandbox's own name, so that a page of the web cannot reach it by pointing a name of its own
 * at 127.0.0.1 (DNS rebinding). Other names get 421.
 */
final class LoopbackHostFilter extends OncePerRequestFilter {

    private final String host;

    LoopbackHostFilter(String host) {
        this.host = host;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (host.equals(request.getHeader("Host"))) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(421);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println("The sandbox answers at http://" + host + " only.");
    }
}
