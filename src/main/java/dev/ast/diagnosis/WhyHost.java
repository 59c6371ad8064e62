package dev.ast.diagnosis;

import dev.ast.domain.ServerOrigin;
import dev.ast.session.Recipients;
import java.util.Optional;

/**
 * Which profile's token a program would be given for a host, and by which rule.
 *
 * @param asked the origin that was asked for
 * @param answering the profile; empty when none answers for it
 */
public record WhyHost(ServerOrigin asked, Optional<Recipients.Answering> answering) {}
