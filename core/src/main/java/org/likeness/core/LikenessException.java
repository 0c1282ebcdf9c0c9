package org.likeness.core;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The world failed, or asked for something that cannot be: a file, the disk, a model, the records.
///
/// The message names the thing, its value and what was expected; after a line break it says what to do. It never
/// contains a vector, a person's name or the content of a photo. Programmer errors are not reported by this type.
public final class LikenessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What kind of failure, and so which exit code and HTTP status. Doors switch over this without a default.
    public enum Kind {
        /// The caller's input cannot be used; repeating the call changes nothing.
        BAD_INPUT,
        /// The thing named does not exist.
        NOT_FOUND,
        /// The thing named exists already, or is in use.
        CONFLICT,
        /// Likeness does not do this: a rule, a profile or an ended grant forbids it.
        REFUSED,
        /// The disk, database, network or a model is not there at the moment; the same call may work later.
        UNAVAILABLE,
        /// Stored data is damaged or was tampered with; a person must look.
        CORRUPT
    }

    private final Kind kind;
    private final String message;
    private final @Nullable String code;
    private final Serializable[] values;

    public LikenessException(Kind kind, String message) {
        super(message);
        this.kind = kind;
        this.message = message;
        this.code = null;
        this.values = new Serializable[0];
    }

    public LikenessException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.message = message;
        this.code = null;
        this.values = new Serializable[0];
    }

    private LikenessException(LikenessException same, String code, Serializable... values) {
        super(same.message, same.getCause());
        this.kind = same.kind;
        this.message = same.message;
        this.code = code;
        this.values = values.clone();
    }

    /// The same failure with a code, such as `consent.none`: doors that do not speak the command line's
    /// language have words of their own for it.
    ///
    /// @param newValues what those words speak of: numbers, days, periods, names of collections and fields;
    ///     never anything about a person
    public LikenessException called(String newCode, Serializable... newValues) {
        return new LikenessException(this, newCode, newValues);
    }

    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    /// What the words for the code speak of, in the order in which they name it.
    public List<Serializable> values() {
        return List.of(values);
    }

    public Kind kind() {
        return kind;
    }

    /// What is wrong, a line break, and what to do.
    @Override
    public String getMessage() {
        return message;
    }

    /// What is wrong: the message's first line.
    public String problem() {
        return message.lines().findFirst().orElse("");
    }

    /// What to do: the message's other lines.
    public String advice() {
        return message.substring(Math.min(message.length(), problem().length() + 1));
    }
}
