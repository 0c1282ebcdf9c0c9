package org.likeness.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.function.Function;
import org.likeness.core.LikenessException;
import org.likeness.core.person.GuardianId;
import org.likeness.core.person.PersonId;

/// Reads what commands are given: ids and days. Stateless.
final class Given {
    private Given() {}

    /// @throws LikenessException BAD_INPUT when it is no id
    static PersonId person(String text) {
        return id("person", "person list", text, PersonId::parse);
    }

    /// @throws LikenessException BAD_INPUT when it is no id
    static GuardianId guardian(String text) {
        return id("guardian", "person list", text, GuardianId::parse);
    }

    static <T> T id(String whose, String listedBy, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT,
                    "the id of a " + whose + " must be a UUID, such as 0198f2c4-7b1e-7c3a-9d52-6f1f0e3b9a11"
                            + "\nSee: likeness " + listedBy + ".",
                    e);
        }
    }

    /// @param option whose value it is
    /// @throws LikenessException BAD_INPUT when it is no day
    static LocalDate day(String option, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT,
                    option + " must be a day like 2026-05-31 but is " + text + "\nWrite year, month and day.",
                    e);
        }
    }
}
