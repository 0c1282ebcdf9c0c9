package org.likeness.core.template;

import java.util.regex.Pattern;

/// Which vectors may be compared: those of one model pack, version and alignment. Immutable.
///
/// @param pack name of the model pack, such as `face-api`
/// @param version the pack's own version
/// @param alignment name and version of the crop geometry, such as `dlib-33-150-v1`; another crop makes vectors
///     incomparable as surely as another network does
public record ModelId(String pack, String version, String alignment) {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public ModelId {
        check("pack", pack);
        check("version", version);
        check("alignment", alignment);
    }

    private static void check(String name, String value) {
        if (!PART.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "model " + name + " must be 1 to 64 letters, digits, dots, dashes or underscores but is " + value);
        }
    }

    /// Reads what [#toString] writes.
    public static ModelId parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("model id must be pack/version/alignment but is " + text);
        }
        return new ModelId(parts[0], parts[1], parts[2]);
    }

    @Override
    public String toString() {
        return pack + "/" + version + "/" + alignment;
    }
}
