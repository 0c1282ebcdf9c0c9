package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.Statement;
import org.likeness.core.consent.ConsentEvent;
import org.likeness.core.consent.Method;
import org.likeness.core.consent.WithdrawalCode;
import org.likeness.core.person.PersonId;
import org.likeness.core.rights.ConsentDesk;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/// Where whoever holds the code of a receipt ends the consent it stands for, without an account, a name
/// or a reason. Who sends a code again is given the same receipt again.
@Controller
class WithdrawalPages {
    static final String PATH = "/withdraw";

    /// Who did it, in the log: whoever held a code.
    static final Actor HOLDER = new Actor("withdrawal-code");

    private final Likeness likeness;
    private final Pages pages;
    private final Attempts attempts;
    private final SecurityLog security;

    WithdrawalPages(Likeness likeness, Pages pages, Attempts attempts, SecurityLog security) {
        this.security = security;
        this.likeness = likeness;
        this.pages = pages;
        this.attempts = attempts;
    }

    @GetMapping(PATH)
    @Open(because = "the form for a code; says nothing about anybody")
    View form(HttpServletRequest request, HttpServletResponse response) {
        return page(request, response, "", "", "");
    }

    @PostMapping(PATH)
    @Open(because = "needs the code of a receipt")
    View withdraw(
            HttpServletRequest request, HttpServletResponse response, @RequestParam(defaultValue = "") String code) {
        Attempts.Key from = Attempts.Key.codes(request);
        if (!attempts.mayTry(from)) {
            security.note(SecurityLog.Event.THROTTLED, request);
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            response.setHeader("Retry-After", Failures.RETRY_SECONDS);
            return page(request, response, code, "sign-in.wait", "");
        }
        Optional<ConsentDesk.Recorded> ended = ended(code);
        if (ended.isEmpty()) {
            attempts.failed(from);
            security.note(SecurityLog.Event.CODE_FAILED, request);
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(request, response, code, "withdraw.problem", "");
        }
        Optional<Statement> receipt =
                ended.get().statement().or(() -> earlier(ended.get().person()));
        if (receipt.isEmpty()) {
            response.setStatus(HttpStatus.CONFLICT.value());
            return page(request, response, code, "withdraw.ended", "");
        }
        String proof = likeness.receipt(receipt.get().id(), Map.of()).json();
        return page(
                request, response, "", "", Base64.getEncoder().encodeToString(proof.getBytes(StandardCharsets.UTF_8)));
    }

    /// The last withdrawal of somebody whose consent had ended before; empty when it ended in another way.
    private Optional<Statement> earlier(PersonId person) {
        List<Statement> statements = likeness.demands().statementsAbout(person.value());
        return PersonReceipt.of(statements, likeness.consents().events(person)).stream()
                .filter(each -> each.answers().stream().anyMatch(event -> event.act() == ConsentEvent.Act.WITHDRAWN))
                .map(PersonReceipt::statement)
                .findFirst();
    }

    /// What the code ended, or had ended before; empty when it is none.
    private Optional<ConsentDesk.Recorded> ended(String text) {
        Optional<WithdrawalCode> code = WithdrawalCode.read(text);
        if (code.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(likeness.as(HOLDER).consents().withdraw(code.get(), Method.PAGE));
        } catch (LikenessException e) {
            if (e.kind() == LikenessException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// @param receipt in Base64, for the reader to keep: nothing here would let them fetch it later
    private View page(
            HttpServletRequest request, HttpServletResponse response, String code, String problem, String receipt) {
        response.setHeader("X-Robots-Tag", "noindex");
        return pages.page(
                request,
                "withdraw.jte",
                "withdraw.title",
                "withdraw",
                Map.of("code", code, "problem", problem, "receipt", receipt));
    }
}
