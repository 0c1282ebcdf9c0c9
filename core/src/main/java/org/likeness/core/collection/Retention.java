package org.likeness.core.collection;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.likeness.core.LikenessException;

/// How long a collection keeps what. Immutable.
///
/// @param photos from import on
/// @param templates from their creation on, at most what the profile allows, see [Profile#templateMax]
/// @param inactivity how long a person's yes lasts after they last gave one or searched for themselves;
///     at most [#INACTIVITY_MAX]
/// @param purposeEndsAt when what the collection is for is over, and with it all comparing; empty: open
public record Retention(Period photos, Period templates, Period inactivity, Optional<Instant> purposeEndsAt) {
    /// Nobody's biometric data outlives three years in which nothing was heard of them.
    public static final Period INACTIVITY_MAX = Period.ofYears(3);

    private static final LocalDate DAY = LocalDate.of(2000, 1, 1);
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,4})([dmy])");

    /// @throws LikenessException BAD_INPUT when a period is not longer than nothing, or inactivity is
    ///     too long
    public Retention {
        positive("how long photos are kept", photos);
        positive("how long templates are kept", templates);
        positive("inactivity", inactivity);
        if (longer(inactivity, INACTIVITY_MAX)) {
            throw bad("inactivity must be at most " + words(INACTIVITY_MAX) + " but is " + words(inactivity)
                            + "\nChoose a shorter one.")
                    .called("basis.inactivity", INACTIVITY_MAX);
        }
    }

    /// Whether one period is longer than another, counted from one day.
    public static boolean longer(Period one, Period other) {
        return DAY.plus(one).isAfter(DAY.plus(other));
    }

    /// The last instant, to the millisecond, whose photos are kept no longer now: imported then, their
    /// time is over.
    public Instant lastOver(Instant now) {
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        LocalDate today = at.toLocalDate();
        LocalDate day = today.minus(photos);
        while (!day.plusDays(1).plus(photos).isAfter(today)) { // several days end on the last of a short month
            day = day.plusDays(1);
        }
        return day.plus(photos).isBefore(today)
                ? day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).minusMillis(1)
                : day.atTime(at.toLocalTime()).toInstant(ZoneOffset.UTC);
    }

    /// Reads `90d`, `18m`, `2y` or a period of ISO 8601 such as `P1Y6M`.
    ///
    /// @throws LikenessException BAD_INPUT when it is none
    public static Period period(String text) {
        Matcher parts = SHORT.matcher(text);
        if (parts.matches()) {
            int count = Integer.parseInt(parts.group(1));
            return switch (parts.group(2)) {
                case "d" -> Period.ofDays(count);
                case "m" -> Period.ofMonths(count);
                default -> Period.ofYears(count);
            };
        }
        try {
            return Period.parse(text);
        } catch (DateTimeParseException e) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "a period must be like 90d, 18m or 2y but is " + text + "\nd: days, m: months, y: years.",
                            e)
                    .called("period.form", text);
        }
    }

    /// A period as people say it: `2 years`, `1 year 6 months`.
    public static String words(Period period) {
        StringBuilder text = new StringBuilder(24);
        part(text, period.getYears(), "year");
        part(text, period.getMonths(), "month");
        part(text, period.getDays(), "day");
        return text.toString();
    }

    private static void part(StringBuilder text, int count, String unit) {
        if (count != 0) {
            text.append(text.isEmpty() ? "" : " ").append(count).append(' ').append(unit);
            text.append(count == 1 ? "" : "s");
        }
    }

    /// Whether a period is longer than nothing.
    public static boolean isSome(Period period) {
        return !period.isNegative() && DAY.plus(period).isAfter(DAY);
    }

    private static void positive(String what, Period period) {
        if (!isSome(period)) {
            throw bad(what + " must be longer than nothing\nGive days, months or years: 90d, 18m, 2y.")
                    .called("period.nothing");
        }
    }

    private static LikenessException bad(String message) {
        return new LikenessException(LikenessException.Kind.BAD_INPUT, message);
    }
}
