package org.likeness.core.source;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.likeness.core.photo.Sha256;

/// A trait by which a source that said stop is known again under another name: the SHA-256 of what it
/// is called, whom it belongs to, how they are reached, or a folder its photos lay in. Evidence, not
/// proof. Immutable.
public record SourceMark(Kind kind, Sha256 sha256) {
    /// Marks nothing: everything lies in it.
    private static final String ROOT = "file:///";

    /// How marks are called among the facts of a deletion ledger entry.
    public static final String FACT = "marks";

    /// What stands before an address without saying whose it is.
    private static final Pattern SCHEME = Pattern.compile("^(mailto|tel|sms|xmpp|https?):/*");

    /// What was hashed.
    public enum Kind {
        NAME,
        OWNER,
        CONTACT,
        FOLDER
    }

    /// What a source is called and by whom it can be known. Spelling does not matter: only letters and
    /// digits count, and an address is the same with a scheme such as `mailto:` before it.
    public static Set<SourceMark> of(String name, SourceContact contact) {
        Set<SourceMark> marks = new LinkedHashSet<>();
        add(marks, Kind.NAME, name);
        contact.owner().ifPresent(owner -> add(marks, Kind.OWNER, owner));
        contact.contact().ifPresent(address -> add(marks, Kind.CONTACT, address));
        return marks;
    }

    private static void add(Set<SourceMark> marks, Kind kind, String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String bare = kind == Kind.CONTACT ? SCHEME.matcher(folded.strip()).replaceFirst("") : folded;
        StringBuilder plain = new StringBuilder();
        bare.codePoints().filter(Character::isLetterOrDigit).forEach(plain::appendCodePoint);
        marks.add(new SourceMark(kind, hash(plain.isEmpty() ? text : plain.toString())));
    }

    /// The mark as it stands in the deletion ledger.
    public String word() {
        return kind + ":" + sha256;
    }

    /// The folder a photo lies in; it marks the folders below it too, see [#foldersAbove].
    public static SourceMark folder(String location) {
        return new SourceMark(Kind.FOLDER, hash(parent(location)));
    }

    /// The folder a photo lies in and all above it.
    public static List<SourceMark> foldersAbove(String location) {
        Set<SourceMark> marks = new LinkedHashSet<>();
        for (String folder = parent(location); folder.length() > ROOT.length(); folder = parent(folder)) {
            marks.add(new SourceMark(Kind.FOLDER, hash(folder)));
        }
        return List.copyOf(marks);
    }

    /// Without the last part of the path; with the slash before it.
    private static String parent(String location) {
        String path = location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static Sha256 hash(String text) {
        try {
            return Sha256.of(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
