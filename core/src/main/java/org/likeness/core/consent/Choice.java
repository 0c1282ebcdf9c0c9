package org.likeness.core.consent;

import org.likeness.core.collection.Purpose;

/// One thing a person says yes or no to, apart from every other: to be found for a purpose by an audience. Immutable.
public record Choice(Purpose purpose, Audience audience) {
    public static final Choice MYSELF = of(new Audience.Myself());
    public static final Choice STAFF = of(new Audience.Staff());

    public Choice {
        if (purpose != purposeOf(audience)) {
            throw new IllegalArgumentException("an audience must go with its own purpose");
        }
    }

    public static Choice of(Audience audience) {
        return new Choice(purposeOf(audience), audience);
    }

    public static Choice group(String name) {
        return of(new Audience.Group(name));
    }

    /// @throws org.likeness.core.LikenessException BAD_INPUT when it is no audience's word
    public static Choice parse(String word) {
        return of(Audience.parse(word));
    }

    private static Purpose purposeOf(Audience audience) {
        return switch (audience) {
            case Audience.Myself _ -> Purpose.FIND_MYSELF;
            case Audience.Group _, Audience.Staff _ -> Purpose.FIND_CONSENTING;
        };
    }

    /// The audience's word: `myself`, `staff` or `group:NAME`.
    public String word() {
        return audience.word();
    }
}
