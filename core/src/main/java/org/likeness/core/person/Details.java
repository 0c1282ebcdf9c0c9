package org.likeness.core.person;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import org.likeness.core.LikenessException;

/// What names a person or guardian: all of it optional, none of it ever in the clear at rest. Immutable.
///
/// @param name up to 200 characters
/// @param contact where to reach them, in words, up to 500 characters
/// @param language BCP 47, such as `de`
public record Details(Optional<String> name, Optional<String> contact, Optional<String> language) {
    private static final int NAME_LENGTH_MAX = 200;
    private static final int CONTACT_LENGTH_MAX = 500;

    /// Nothing known, which is enough to give consent.
    public static final Details NONE = new Details(Optional.empty(), Optional.empty(), Optional.empty());

    /// @throws LikenessException BAD_INPUT when one is not usable
    public Details {
        check("name", name, NAME_LENGTH_MAX);
        check("contact", contact, CONTACT_LENGTH_MAX);
        language = language.map(Details::language);
    }

    private static void check(String what, Optional<String> text, int lengthMax) {
        if (text.isPresent() && (text.get().isBlank() || text.get().length() > lengthMax)) {
            throw bad(what + " must be 1 to " + lengthMax + " characters\nLeave it out when there is none.")
                    .called("person.details");
        }
    }

    /// A language tag in its canonical form.
    ///
    /// @throws LikenessException BAD_INPUT when it is none
    public static String language(String tag) {
        try {
            String canonical = new Locale.Builder().setLanguageTag(tag).build().toLanguageTag();
            if (!canonical.equals("und")) {
                return canonical;
            }
        } catch (IllformedLocaleException e) {
            throw noLanguage();
        }
        throw noLanguage();
    }

    private static LikenessException noLanguage() {
        return bad("language must be a tag such as en, de or pt-BR\nUse the two-letter code of the language.")
                .called("person.language");
    }

    private static LikenessException bad(String message) {
        return new LikenessException(LikenessException.Kind.BAD_INPUT, message);
    }

    /// Never shows what it holds.
    @Override
    public String toString() {
        return "Details[redacted]";
    }
}
