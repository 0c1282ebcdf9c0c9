package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.likeness.library.Likeness;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/// Where a member goes who signed in by one factor where two are demanded: to use a passkey, or, when they have none
/// yet, to add one.
@Controller
class SecondFactorPages {
    static final String PATH = "/second-factor";

    private final Likeness likeness;
    private final Pages pages;
    private final Passkeys passkeys;

    SecondFactorPages(Likeness likeness, Pages pages, Passkeys passkeys) {
        this.likeness = likeness;
        this.pages = pages;
        this.passkeys = passkeys;
    }

    @GetMapping(PATH)
    @SignedIn(half = true)
    View page(HttpServletRequest request, @RequestParam(defaultValue = "/") String next) {
        Caller caller = Callers.required();
        if (!caller.half()) {
            return SignInPages.to(next);
        }
        return pages.page(
                request,
                "second-factor.jte",
                "second-factor.title",
                "sign-in",
                Map.of(
                        "known",
                        !likeness.signIn().passkeys(caller.member()).isEmpty(),
                        "host",
                        passkeys.host(request),
                        "next",
                        SignInPages.ours(next)));
    }
}
