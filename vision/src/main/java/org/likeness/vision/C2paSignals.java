package org.likeness.vision;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.likeness.core.signal.SignalKind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Finds training-and-data-mining assertions in a C2PA manifest store (C2PA 2.2, boxes of ISO/IEC 19566-5).
///
/// No signature is checked: only refusals count, and a refusal nobody signed is still one. Assertions with other labels
/// are not looked into. A damaged or compressed store could hide a refusal, so it counts as unknown.
final class C2paSignals {
    /// More is not read.
    static final int BYTES_MAX = 32 << 20;

    private static final int DEPTH_MAX = 16;
    private static final int SUPERBOX = 0x6a756d62; // jumb
    private static final int DESCRIPTION = 0x6a756d64; // jumd
    private static final int CBOR = 0x63626f72;
    private static final int JSON = 0x6a736f6e;
    private static final int COMPRESSED = 0x62726f62; // brob
    private static final int TYPE_BYTES = 16;
    private static final int HAS_LABEL = 2;

    /// `cawg.training-mining`, or the older label; a version or instance may follow.
    private static final Pattern LABEL = Pattern.compile("(c2pa|cawg)\\.training-mining([._].*)?");

    private final SignalCollector into;

    private C2paSignals(SignalCollector into) {
        this.into = into;
    }

    static void read(byte[] store, SignalCollector into) {
        try {
            if (!isJumbf(store)) {
                throw new IllegalArgumentException("a store that does not start with a superbox");
            }
            new C2paSignals(into).boxes(ByteBuffer.wrap(store), Optional.empty(), 0);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            into.unknown("c2pa");
        }
    }

    static boolean isJumbf(byte[] store) {
        return store.length >= 8 && ByteBuffer.wrap(store).getInt(4) == SUPERBOX;
    }

    /// @param label of the superbox whose content this is; empty at the top
    private void boxes(ByteBuffer in, Optional<String> label, int depth) {
        if (depth > DEPTH_MAX) {
            throw new IllegalArgumentException("boxes are nested too deeply");
        }
        boolean asked = label.filter(text -> LABEL.matcher(text).matches()).isPresent();
        boolean answered = false;
        while (in.remaining() >= 8) {
            int start = in.position();
            long length = Integer.toUnsignedLong(in.getInt());
            int type = in.getInt();
            if (length == 1) {
                length = in.getLong();
            } else if (length == 0) {
                length = (long) in.limit() - start;
            }
            if (length < in.position() - start || length > in.limit() - start) {
                throw new BufferUnderflowException();
            }
            ByteBuffer content = in.slice(in.position(), (int) length - (in.position() - start));
            in.position(start + (int) length);
            switch (type) {
                case SUPERBOX -> superbox(content, depth + 1);
                case COMPRESSED -> into.unknown("c2pa compressed");
                case CBOR, JSON -> {
                    if (asked) {
                        assertion(type == CBOR ? Cbor.decode(content) : json(content));
                        answered = true;
                    }
                }
                default -> {
                    // descriptions, pictures, salts and whatever comes later
                }
            }
        }
        if (hasData(in)) {
            throw new BufferUnderflowException(); // part of a box
        }
        if (asked && !answered) {
            into.unknown("c2pa training-mining");
        }
    }

    private static boolean hasData(ByteBuffer rest) {
        while (rest.hasRemaining()) {
            if (rest.get() != 0) {
                return true;
            }
        }
        return false;
    }

    private void superbox(ByteBuffer content, int depth) {
        long length = Integer.toUnsignedLong(content.getInt());
        if (content.getInt() != DESCRIPTION || length < 8 + TYPE_BYTES + 1 || length - 8 > content.remaining()) {
            throw new IllegalArgumentException("a superbox without its description");
        }
        ByteBuffer description = content.slice(content.position(), (int) length - 8);
        content.position(content.position() + (int) length - 8);
        description.position(TYPE_BYTES);
        Optional<String> label = Optional.empty();
        if ((description.get() & HAS_LABEL) != 0) {
            byte[] text = new byte[description.remaining()];
            description.get(text);
            int end = 0;
            while (end < text.length && text[end] != 0) {
                end++;
            }
            label = Optional.of(new String(text, 0, end, StandardCharsets.UTF_8));
        }
        boxes(content, label, depth);
    }

    private static Object json(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        try {
            return JsonMapper.shared().readValue(bytes, Map.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("an assertion that is not JSON", e);
        }
    }

    /// Early files have the entries without the level that holds them.
    private void assertion(Object decoded) {
        if (!(decoded instanceof Map<?, ?> fields)) {
            into.unknown("c2pa training-mining");
            return;
        }
        Map<?, ?> entries = fields.get("entries") instanceof Map<?, ?> inner ? inner : fields;
        int found = 0;
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            String name = String.valueOf(entry.getKey());
            if (name.startsWith("cawg.") || name.startsWith("c2pa.")) {
                into.add(SignalKind.TRAINING_MINING, name.substring("cawg.".length()) + "=" + use(entry.getValue()));
                found++;
            }
        }
        if (found == 0) {
            into.unknown("c2pa training-mining");
        }
    }

    private static String use(Object value) {
        Object use = value instanceof Map<?, ?> fields ? fields.get("use") : value;
        return use instanceof String text && !text.isBlank() ? text : "unreadable";
    }
}
