package org.likeness.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.LogKey;
import org.likeness.core.audit.LogProof;
import org.likeness.core.audit.Receipt;
import org.likeness.library.OwnerOnly;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Receipts as files. Stateless.
final class ReceiptFile {
    private static final long FILE_BYTES_MAX = 1 << 20;

    private ReceiptFile() {}

    /// @throws LikenessException BAD_INPUT when it is none
    static Receipt read(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw unusable(file, "it is too long", null);
            }
            JsonNode json = JsonMapper.builder().build().readTree(Files.readString(file));
            if (!text(json, "likeness").equals("receipt 1")) {
                throw unusable(file, "it is of another kind or version", null);
            }
            Map<String, String> extra = new HashMap<>();
            for (Map.Entry<String, JsonNode> one : json.path("extra").properties()) {
                extra.put(one.getKey(), one.getValue().stringValue(""));
            }
            return new Receipt(
                    text(json, "statement"),
                    text(json, "entry"),
                    LogProof.parse(text(json, "proof")),
                    LogKey.parse(text(json, "key")),
                    extra);
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw unusable(file, "it is not readable as one", e);
        }
    }

    private static String text(JsonNode json, String key) {
        JsonNode value = json.path(key);
        if (!value.isString()) {
            throw new IllegalArgumentException("a receipt has the text " + key);
        }
        return value.stringValue();
    }

    private static LikenessException unusable(Path file, String why, @org.jspecify.annotations.Nullable Exception e) {
        String message = file + " is no receipt that can be used: " + why + "\nUse the file as it was given out.";
        return e == null
                ? new LikenessException(LikenessException.Kind.BAD_INPUT, message)
                : new LikenessException(LikenessException.Kind.BAD_INPUT, message, e);
    }

    /// To ask before something is recorded that only happens once.
    ///
    /// @throws LikenessException CONFLICT when the file is there, BAD_INPUT when its folder is not
    static void requireFree(Path file) {
        if (Files.exists(file)) {
            throw new LikenessException(
                    LikenessException.Kind.CONFLICT, file + " exists already\nName another file, or remove that one.");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT,
                    "the folder of " + file + " is not there\nMake it, or name another place.");
        }
    }

    /// @throws LikenessException CONFLICT when the file is there, UNAVAILABLE when it cannot be written
    static void write(Path file, Receipt receipt) {
        requireFree(file);
        try {
            OwnerOnly.write(file, receipt.json());
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE, file + " cannot be written\nName another place.", e);
        }
    }
}
