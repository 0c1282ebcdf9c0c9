package org.likeness.server;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.likeness.core.photo.Place;

/// The words of the pages in one language. Immutable.
///
/// The texts are `texts.properties` (English) and `texts_de.properties`; each text is a
/// [MessageFormat] pattern, so an
/// apostrophe is written twice. A test compares the keys of all languages.
public final class Texts {
    static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);
    private static final String BUNDLE = "org.likeness.server.texts";

    private final Locale locale;
    private final ResourceBundle bundle;
    private final ZoneId zone;

    private Texts(Locale locale, ZoneId zone) {
        this.locale = locale;
        this.zone = zone;
        this.bundle = ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_DEFAULT));
    }

    /// The best language there is for what a browser asks for.
    static Texts in(List<Locale.LanguageRange> wanted) {
        Locale found = Locale.lookup(wanted, LANGUAGES);
        return new Texts(found == null ? Locale.ENGLISH : found, ZoneId.systemDefault());
    }

    public String language() {
        return locale.getLanguage();
    }

    /// What a language is called in this one.
    public String language(String tag) {
        return Locale.forLanguageTag(tag).getDisplayLanguage(locale);
    }

    Locale locale() {
        return locale;
    }

    /// A text with its arguments put in; numbers as the language writes them.
    ///
    /// @throws MissingResourceException when there is no such key: a mistake of ours that a test finds
    public String of(String key, Object... arguments) {
        String pattern = bundle.getString(key);
        return new MessageFormat(pattern, locale).format(arguments);
    }

    /// A text as it is written, for scripts, which put `{name}` in by themselves.
    String raw(String key) {
        return bundle.getString(key).replace("''", "'");
    }

    /// Whether there is such a text; for keys made from what core says.
    public boolean has(String key) {
        return bundle.containsKey(key);
    }

    /// A point in time as people of the language write it, to the minute.
    public String time(Instant at) {
        return formatter(FormatStyle.MEDIUM, FormatStyle.SHORT).withZone(zone).format(at);
    }

    private DateTimeFormatter formatter(FormatStyle date, @Nullable FormatStyle time) {
        return DateTimeFormatter.ofPattern(
                DateTimeFormatterBuilder.getLocalizedDateTimePattern(date, time, IsoChronology.INSTANCE, locale),
                locale);
    }

    /// A camera's local time, which knows no zone.
    public String time(LocalDateTime at) {
        return formatter(FormatStyle.MEDIUM, FormatStyle.SHORT).format(at);
    }

    /// A day as people of the language write it.
    public String day(Instant at) {
        return day(at.atZone(zone).toLocalDate());
    }

    /// The last whole or begun day of what ends then.
    public String lastDay(Instant end) {
        return day(lastDay(end, zone));
    }

    static LocalDate lastDay(Instant end, ZoneId zone) {
        return end.minusMillis(1).atZone(zone).toLocalDate();
    }

    public String day(LocalDate day) {
        return formatter(FormatStyle.MEDIUM, null).format(day);
    }

    /// A place in degrees, to about a kilometre: `48.14° N, 11.58° E`.
    public String place(Place place) {
        return of(
                "place",
                Math.abs(place.latitude()),
                place.latitude() < 0 ? 1 : 0,
                Math.abs(place.longitude()),
                place.longitude() < 0 ? 1 : 0);
    }

    /// A period such as `1 year 6 months`.
    public String period(Period period) {
        StringJoiner words = new StringJoiner(" ");
        part(words, "period.years", period.getYears());
        part(words, "period.months", period.getMonths());
        part(words, "period.days", period.getDays());
        return words.toString();
    }

    private void part(StringJoiner words, String key, int count) {
        if (count != 0) {
            words.add(of(key, count));
        }
    }

    /// A size such as `1.4 MB`, in powers of 1,000 as file managers show it.
    public String bytes(long bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return new MessageFormat(unit == 0 ? "{0,number,#} {1}" : "{0,number,#,##0.#} {1}", locale)
                .format(new Object[] {value, units[unit]});
    }
}
