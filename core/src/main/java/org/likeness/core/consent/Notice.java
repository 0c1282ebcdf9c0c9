package org.likeness.core.consent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.person.Details;
import org.likeness.core.photo.Sha256;

/// One version of the text people are shown before they choose, once for each language. Immutable; succeeded, never
/// changed.
///
/// @param version 1, 2, 3 … in its collection
/// @param material whether purpose, controller or audience changed: consent to an older version rests until renewed
/// @param texts by language
public record Notice(CollectionId collection, int version, boolean material, Instant publishedAt, List<Text> texts) {
    /// @throws LikenessException BAD_INPUT when there is no text, or two of one language
    public Notice {
        texts = texts.stream().sorted(Comparator.comparing(Text::language)).toList();
        long languages = texts.stream().map(Text::language).distinct().count();
        if (version < 1 || texts.isEmpty() || languages != texts.size()) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "a notice must have one text for each of its languages, and at least one"
                                    + "\nName each once: --text en=FILE --text de=FILE.")
                    .called("notice.languages");
        }
    }

    /// The text in one language.
    ///
    /// @param sha256 of the text as UTF-8; what was shown is proved by it
    public record Text(String language, String text, Sha256 sha256) {
        /// Characters.
        public static final int LENGTH_MAX = 100_000;

        /// @throws LikenessException BAD_INPUT when the text is empty or too long
        public Text {
            language = Details.language(language);
            if (text.isBlank() || text.length() > LENGTH_MAX) {
                throw new LikenessException(
                                LikenessException.Kind.BAD_INPUT,
                                "the text of a notice must be 1 to " + LENGTH_MAX
                                        + " characters\nGive a file with the text.")
                        .called("notice.length", LENGTH_MAX);
            }
            if (!sha256.equals(hash(text))) {
                throw new IllegalArgumentException("the text of a notice must have the hash it was published with");
            }
        }

        public static Text of(String language, String text) {
            return new Text(language, text, hash(text));
        }

        private static Sha256 hash(String text) {
            try {
                return Sha256.of(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }

    /// Which text was shown: enough to find it and to prove it.
    public record Shown(int version, String language, Sha256 sha256) {}

    /// The text of a language; empty when the version has none.
    public Optional<Text> text(String language) {
        String wanted = Details.language(language);
        return texts.stream().filter(text -> text.language().equals(wanted)).findFirst();
    }

    /// What is recorded of having shown the text of this language; without one, of the only language there is.
    ///
    /// @throws LikenessException BAD_INPUT when it must be named, or the version does not have it
    public Shown shown(Optional<String> language) {
        if (language.isEmpty() && texts.size() > 1) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "notice " + version + " has " + texts.size() + " languages"
                                    + "\nSay in which one it was shown: --language " + languages() + ".")
                    .called("consent.language");
        }
        Text text = language.isEmpty()
                ? texts.getFirst()
                : text(language.get())
                        .orElseThrow(() -> new LikenessException(
                                        LikenessException.Kind.BAD_INPUT,
                                        "notice " + version + " has no text in that language\nIt has: " + languages()
                                                + ".")
                                .called("notice.no-language"));
        return new Shown(version, text.language(), text.sha256());
    }

    private String languages() {
        return texts.stream().map(Text::language).collect(Collectors.joining(", "));
    }
}
