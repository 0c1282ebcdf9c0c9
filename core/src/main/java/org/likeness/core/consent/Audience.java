package org.likeness.core.consent;

import java.util.regex.Pattern;
import org.likeness.core.LikenessException;

/// Who may find a person. Immutable.
public sealed interface Audience {
    /// The word of commands and receipts: `myself`, `staff` or `group:NAME`.
    String word();

    /// Nobody but the person.
    record Myself() implements Audience {
        @Override
        public String word() {
            return "myself";
        }
    }

    /// Whoever runs the collection.
    record Staff() implements Audience {
        @Override
        public String word() {
            return "staff";
        }
    }

    /// A group the notice names, such as a class or a team.
    ///
    /// @param name 1 to 60 letters, digits, blanks and `. _ -`; names a group, never a person
    record Group(String name) implements Audience {
        private static final Pattern FORM =
                Pattern.compile("[\\p{L}\\p{N}](?:[\\p{L}\\p{N} ._-]{0,58}[\\p{L}\\p{N}])?");

        /// @throws LikenessException BAD_INPUT when the name is not usable
        public Group {
            if (!FORM.matcher(name).matches()) {
                throw new LikenessException(
                                LikenessException.Kind.BAD_INPUT,
                                "a group's name must be 1 to 60 letters, digits, blanks, dots or hyphens"
                                        + "\nName the group as the notice does.")
                        .called("consent.group");
            }
        }

        @Override
        public String word() {
            return "group:" + name;
        }
    }

    /// @throws LikenessException BAD_INPUT when it is no audience
    static Audience parse(String word) {
        return switch (word) {
            case "myself" -> new Myself();
            case "staff" -> new Staff();
            default -> {
                if (word.startsWith("group:")) {
                    yield new Group(word.substring("group:".length()));
                }
                throw new LikenessException(
                                LikenessException.Kind.BAD_INPUT,
                                "audience must be myself, staff or group:NAME\nName who may find the person.")
                        .called("consent.audience");
            }
        };
    }
}
