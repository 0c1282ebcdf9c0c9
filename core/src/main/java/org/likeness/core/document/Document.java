package org.likeness.core.document;

import java.util.regex.Pattern;

/// A file that was made: Markdown, or plain text where the bytes themselves matter. Immutable.
///
/// @param name of the file, without a folder
public record Document(String name, String text) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,99}");

    public Document {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a document's name must be letters, digits, dots and hyphens");
        }
    }

    /// Personal data may stand in the text, so only the name is printed.
    @Override
    public String toString() {
        return "Document[" + name + "]";
    }
}
