package org.likeness.server;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.likeness.core.member.Right;

/// How the rights of a token are laid out to choose from.
public final class TokenRights {
    /// What programs are mostly made for.
    public static final List<Group> PRESETS = List.of(
            new Group("search", List.of(Right.SEE_COLLECTION, Right.SEE_PHOTOS, Right.SEARCH)),
            new Group("add", List.of(Right.SEE_COLLECTION, Right.ADD_PHOTOS, Right.SEE_IMPORTS, Right.SEE_SOURCES)),
            new Group(
                    "read",
                    List.of(
                            Right.SEE_COLLECTION,
                            Right.SEE_PHOTOS,
                            Right.SEE_IMPORTS,
                            Right.SEE_SOURCES,
                            Right.SEE_PEOPLE,
                            Right.SEE_DEMANDS,
                            Right.SEE_AUDIT,
                            Right.SEE_DOCUMENTS)));

    private TokenRights() {}

    /// Rights that belong together.
    ///
    /// @param key the end of the key of its name's text
    public record Group(String key, List<Right> rights) {
        public Group {
            rights = List.copyOf(rights);
        }

        /// For a script.
        public String names() {
            return rights.stream().map(Right::name).collect(Collectors.joining(" "));
        }
    }

    /// These rights in groups, the groups and what is in them in an order that makes sense.
    public static List<Group> grouped(List<Right> rights) {
        return List.of("photos", "people", "answer", "installation").stream()
                .map(key -> new Group(
                        key,
                        rights.stream()
                                .filter(right -> group(right).equals(key))
                                .sorted(Comparator.comparingInt(Right::ordinal))
                                .toList()))
                .filter(group -> !group.rights().isEmpty())
                .toList();
    }

    private static String group(Right right) {
        return switch (right) {
            case SEE_COLLECTION, SEE_PHOTOS, DOWNLOAD_ORIGINAL, ADD_PHOTOS, DELETE_PHOTO, SEE_IMPORTS, SEARCH, DECIDE ->
                "photos";
            case SEE_PEOPLE, MANAGE_PEOPLE, RECORD_CONSENT -> "people";
            case SEE_SOURCES,
                    MANAGE_SOURCES,
                    REVIEW_QUARANTINE,
                    SEE_DEMANDS,
                    HANDLE_DEMANDS,
                    SEE_AUDIT,
                    SEE_DOCUMENTS,
                    MANAGE_COLLECTION -> "answer";
            case CREATE_COLLECTION, MANAGE_MEMBERS, MANAGE_INSTALLATION, SEE_HEALTH -> "installation";
        };
    }
}
