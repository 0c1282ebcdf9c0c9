package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Way;
import org.likeness.library.Likeness;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

/// One line for each thing that whoever watches over the server wants to know: who came in, who did not,
/// who was refused, what was tried. What changes something is in the audit log besides; what strangers do is only
/// here, so that they cannot fill that one.
///
/// Every word of a line is of a closed list, a number or an id. An address stands as a pseudonym that changes with
/// each start: enough to see that two lines are of one visitor. Thread-safe.
@Component
final class SecurityLog {
    /// Under this name an operator finds it, to show it or send it elsewhere.
    static final String NAME = "org.likeness.security";

    /// So many of each event a minute; how many more there were is said by the first line after it.
    static final int EACH_MINUTE = 60;

    private static final System.Logger LOG = System.getLogger(NAME);
    private static final String NOBODY = "-";

    private final Likeness likeness;
    private final Clock clock = Clock.systemUTC();
    private final byte[] key = new byte[32];
    private final Map<Event, Lately> lately = new EnumMap<>(Event.class);

    /// What is written down.
    enum Event {
        SIGNED_IN(Level.INFO),
        SIGNED_OUT(Level.INFO),
        /// How a member signs in was changed.
        FACTOR_CHANGED(Level.INFO),
        /// Somebody could not show who they are.
        SIGN_IN_FAILED(Level.WARNING),
        /// Somebody typed what is no code of a receipt.
        CODE_FAILED(Level.WARNING),
        /// A member was asked once more who they are and did not show it.
        CONFIRMATION_FAILED(Level.WARNING),
        /// A member has no right to what they asked for.
        REFUSED(Level.WARNING),
        /// A form came without the token of a page.
        FORGED_REQUEST(Level.WARNING),
        /// A cookie or token that no server of ours made.
        FORGED_SECRET(Level.WARNING),
        /// Somebody has to wait.
        THROTTLED(Level.WARNING);

        private final Level level;

        Event(Level level) {
            this.level = level;
        }
    }

    /// How many lines of an event there were in a minute, and how many were left out.
    private record Lately(Instant minute, int lines, long leftOut) {}

    SecurityLog(Likeness likeness) {
        this.likeness = likeness;
        new SecureRandom().nextBytes(key);
    }

    void signedIn(MemberId member, Way way, HttpServletRequest request) {
        write(Event.SIGNED_IN, Optional.of(member), way.name(), request);
    }

    void signedOut(MemberId member, HttpServletRequest request) {
        write(Event.SIGNED_OUT, Optional.of(member), NOBODY, request);
    }

    /// @param what in a word
    void factorChanged(MemberId member, String what, HttpServletRequest request) {
        write(Event.FACTOR_CHANGED, Optional.of(member), what, request);
    }

    /// Also kept for the member, if it was one, who sees it on their page.
    ///
    /// @param member empty when nobody is called what was typed, which is then nowhere written
    void failed(Optional<MemberId> member, Way way, HttpServletRequest request) {
        // for a stranger's name it does the same and finds nobody, so that the time of an answer tells nothing
        likeness.signIn().failed(member.orElseGet(MemberId::next), way, Devices.name(request.getHeader("User-Agent")));
        write(Event.SIGN_IN_FAILED, member, way.name(), request);
    }

    /// Something that has to do with whoever sent the request.
    void note(Event event, HttpServletRequest request) {
        write(event, Callers.current().map(Caller::member), NOBODY, request);
    }

    private void write(Event event, Optional<MemberId> member, String what, HttpServletRequest request) {
        Optional<Long> leftOut = count(event, clock.instant());
        if (leftOut.isEmpty()) {
            return;
        }
        Object route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        LOG.log(
                event.level,
                "event=" + word(event.name()) + " member="
                        + member.map(MemberId::toString).orElse(NOBODY) + " what=" + word(what) + " from="
                        + pseudonym(request.getRemoteAddr()) + " route="
                        + (route == null ? MetricsFilter.NO_ROUTE : route.toString())
                        + (leftOut.get() > 0 ? " left-out=" + leftOut.get() : ""));
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// How many were left out before this one; empty when it is one too many itself.
    private synchronized Optional<Long> count(Event event, Instant now) {
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        Lately past = lately.getOrDefault(event, new Lately(minute, 0, 0));
        if (!past.minute().equals(minute)) {
            lately.put(event, new Lately(minute, 1, 0));
            return Optional.of(past.leftOut());
        }
        boolean tooMany = past.lines() >= EACH_MINUTE;
        lately.put(event, new Lately(minute, past.lines() + 1, past.leftOut() + (tooMany ? 1 : 0)));
        return tooMany ? Optional.empty() : Optional.of(0L);
    }

    private String pseudonym(String address) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(address.getBytes(StandardCharsets.UTF_8)), 0, 4);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
