package dev.ast.output.view;

import dev.ast.diagnosis.WhyHost;
import dev.ast.output.Page;
import dev.ast.output.View;
import dev.ast.session.Recipients;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which profile answers for a host, with the rules that decided. */
public final class WhyHostView implements View<WhyHost> {
    @Override
    public Object document(WhyHost why) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put(
                "origin",
                why.answering()
                        .map(Recipients.Answering::origin)
                        .orElse(why.asked())
                        .toString());
        document.put(
                "profile",
                why.answering().map(one -> one.target().profile().name().value()));
        document.put("profile_rule", why.answering().map(one -> one.target().rule()));
        document.put("origin_rule", why.answering().map(Recipients.Answering::why));
        return document;
    }

    @Override
    public void text(WhyHost why, Page page) {
        if (why.answering().isEmpty()) {
            page.field("Origin", why.asked().toString()).field("Profile", "none answers for it");
            return;
        }
        Recipients.Answering one = why.answering().get();
        page.field("Origin", one.origin() + " (" + one.why() + ")")
                .field(
                        "Profile",
                        one.target().profile().name() + " (" + one.target().rule() + ")");
    }
}
