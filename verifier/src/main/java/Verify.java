import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checks a receipt or attestation of Likeness offline: `java Verify.java RECEIPT --key KEY`.
///
/// KEY is the operator's public key, or a file with it, got another way than with the receipt. The file format is
/// described in `docs/reference/proof.md` of Likeness; this program was written from that page and from RFC 9162,
/// RFC 8032 and C2SP signed-note, and shares no code with Likeness. It reads two files, and opens no connection.
///
/// It is in no package, so that this one file runs wherever it is copied to. Knows the JDK only.
///
/// Ends with 0 when the receipt holds, 1 when it does not, 2 when it was called wrongly. Stateless.
@SuppressWarnings("DefaultPackage")
public final class Verify {
    private static final int FILE_BYTES_MAX = 1 << 20;
    private static final Pattern VKEY = Pattern.compile("([^\n+ ]{1,200})\\+([0-9a-f]{8})\\+([A-Za-z0-9+/]{44})");
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final List<String> KEYS = List.of("likeness", "statement", "entry", "proof", "key", "how to check");

    private Verify() {}

    public static void main(String[] args) {
        System.exit(run(args, System.out));
    }

    static int run(String[] args, PrintStream out) {
        if (args.length != 3 || !args[1].equals("--key")) {
            out.println("Usage: java Verify.java RECEIPT --key KEY");
            out.println("KEY is the operator's public key (likeness/…+…+…) or a file with it. Not the receipt's own.");
            return 2;
        }
        try {
            String key = key(args[2]);
            if (!VKEY.matcher(key).matches()) {
                out.println("There is no key in this file: " + plain(args[2]));
                out.println(
                        "It must be one line such as likeness/…+…+…, as the operator's likeness audit key prints it.");
                return 2;
            }
            if (Files.size(Path.of(args[0])) > FILE_BYTES_MAX) {
                throw new InvalidException("the file is too long for a receipt");
            }
            Proved proved = check(Files.readAllBytes(Path.of(args[0])), key);
            out.println("VALID. The operator of " + proved.origin() + " stated, and cannot deny:");
            Json.object(proved.statement()).forEach((name, value) -> out.println(plain("  " + name + ": " + value)));
            out.println("It is entry " + proved.position() + " of a log that had " + proved.size()
                    + " entries when it was signed.");
            if (!proved.extra().isEmpty()) {
                out.println("Told to the holder besides, proved by nothing:");
                proved.extra().forEach((name, value) -> out.println(plain("  " + name + ": " + value)));
            }
            return 0;
        } catch (InvalidException e) {
            out.println(plain("NOT VALID: " + e.getMessage()));
            return 1;
        } catch (IOException e) {
            out.println("A file cannot be read: " + e.getMessage());
            return 2;
        }
    }

    private static String key(String given) throws IOException {
        Path file = Path.of(given);
        if (given.startsWith("likeness/") && !Files.exists(file)) {
            return given;
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .strip(); // of another kind: it matches no key
    }

    /// Control characters in a file somebody sent could drive the terminal, or hide what stands above them.
    private static String plain(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}]", "·");
    }

    /// What a valid receipt proves.
    ///
    /// @param statement the exact text of the statement
    /// @param position of its entry in the log, the first being 1
    /// @param size how many entries the signed log had
    /// @param extra proved by nothing
    record Proved(String origin, String statement, String entry, long position, long size, Map<String, String> extra) {}

    /// Why a receipt does not hold.
    static final class InvalidException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidException(String why) {
            super(why);
        }
    }

    /// @param vkey the operator's public key
    static Proved check(byte[] file, String vkey) throws InvalidException {
        Map<String, Object> receipt = Json.object(text(file));
        for (String key : KEYS) {
            if (!(receipt.get(key) instanceof String)) {
                throw new InvalidException("the file has no text '" + key + "', so it is no receipt");
            }
        }
        Map<String, String> extra = new LinkedHashMap<>();
        for (Map.Entry<String, Object> one : receipt.entrySet()) {
            if (one.getKey().equals("extra") && one.getValue() instanceof Map<?, ?> told) {
                told.forEach((name, value) -> extra.put(name.toString(), String.valueOf(value)));
            } else if (!KEYS.contains(one.getKey())) {
                throw new InvalidException("the file has something no receipt has: '" + one.getKey() + "'");
            }
        }
        if (!string(receipt, "likeness").equals("receipt 1")) {
            throw new InvalidException("the file is of a version this program does not know");
        }
        if (!string(receipt, "key").equals(vkey)) {
            throw new InvalidException("the receipt names another key than the operator's");
        }
        String statement = string(receipt, "statement");
        String entry = string(receipt, "entry");
        Json.object(statement);
        Object commitment = Json.object(entry).get("commitment");
        if (!HexFormat.of().formatHex(sha256(utf8(statement))).equals(commitment)) {
            throw new InvalidException("the log's entry does not stand for this statement");
        }
        Proof proof = Proof.parse(string(receipt, "proof"));
        if (!proof.isSignedBy(vkey)) {
            throw new InvalidException("the state of the log is not signed by the operator's key");
        }
        if (!proof.includes(entry)) {
            throw new InvalidException("the entry is not in the log that was signed");
        }
        return new Proved(proof.origin, statement, entry, proof.index + 1, proof.size, extra);
    }

    private static String string(Map<String, Object> object, String key) {
        return String.valueOf(object.get(key));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] utf8) throws InvalidException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidException("the file is not UTF-8");
        }
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] base64(String text) throws InvalidException {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) { // one spelling for one value
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidException("something is not base64 that must be");
        }
        throw new InvalidException("something is not base64 that must be");
    }

    /// A C2SP tlog-proof: index, path, and a signed checkpoint. Immutable.
    private static final class Proof {
        private static final String TITLE = "c2sp\\.org/tlog-proof@v1\n";
        private static final String INDEX = "index (0|[1-9][0-9]{0,17})\n";
        private static final String PATH = "((?:[A-Za-z0-9+/]{43}=\n){0,63})\n";
        private static final String STATE = "(([^\n+ ]{1,200})\n(0|[1-9][0-9]{0,17})\n([A-Za-z0-9+/]{43}=)\n)\n";
        private static final String SIGNED = "((?:— [^\n ]{1,200} [A-Za-z0-9+/=]{1,400}\n){1,50})";
        private static final Pattern FORM = Pattern.compile(TITLE + INDEX + PATH + STATE + SIGNED);

        private final long index;
        private final List<String> path;
        private final String body;
        private final String origin;
        private final long size;
        private final byte[] root;
        private final String signatures;

        private Proof(Matcher parts) throws InvalidException {
            index = Long.parseLong(parts.group(1));
            path = parts.group(2).lines().toList();
            body = parts.group(3);
            origin = parts.group(4);
            size = Long.parseLong(parts.group(5));
            root = base64(parts.group(6));
            signatures = parts.group(7);
        }

        static Proof parse(String text) throws InvalidException {
            Matcher parts = FORM.matcher(text);
            if (!parts.matches()) {
                throw new InvalidException("the proof is not one");
            }
            return new Proof(parts);
        }

        /// RFC 9162, 2.1.3.2.
        boolean includes(String entry) throws InvalidException {
            if (index >= size) {
                return false;
            }
            long fn = index;
            long sn = size - 1;
            byte[] hash = sha256(new byte[] {0}, utf8(entry));
            for (String line : path) {
                byte[] next = base64(line);
                if (sn == 0) {
                    return false;
                }
                if ((fn & 1) == 1 || fn == sn) {
                    hash = sha256(new byte[] {1}, next, hash);
                    while ((fn & 1) == 0 && fn != 0) {
                        fn >>= 1;
                        sn >>= 1;
                    }
                } else {
                    hash = sha256(new byte[] {1}, hash, next);
                }
                fn >>= 1;
                sn >>= 1;
            }
            return sn == 0 && Arrays.equals(hash, root);
        }

        /// Whether one of the signature lines is this key's, of the three lines above them, and the log is the key's.
        boolean isSignedBy(String vkey) throws InvalidException {
            Matcher parts = VKEY.matcher(vkey);
            if (!parts.matches()) {
                throw new InvalidException("the key is not one: it must look like likeness/…+…+…");
            }
            String name = parts.group(1);
            byte[] typed = base64(parts.group(3));
            byte[] hash = Arrays.copyOf(sha256(utf8(name + "\n"), typed), 4);
            if (typed[0] != 1 || !HexFormat.of().formatHex(hash).equals(parts.group(2))) {
                throw new InvalidException("the key is damaged");
            }
            if (!name.equals(origin)) {
                return false;
            }
            for (String line : signatures.lines().toList()) {
                String[] words = line.split(" ", -1); // a dash, the name, the signature
                if (words[1].equals(name)) {
                    byte[] both = base64(words[2]);
                    if (both.length == 4 + 64
                            && Arrays.equals(both, 0, 4, hash, 0, 4)
                            && verifies(typed, Arrays.copyOfRange(both, 4, both.length))) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean verifies(byte[] typed, byte[] signature) {
            try {
                byte[] encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + typed.length - 1);
                System.arraycopy(typed, 1, encoded, ED25519_PREFIX.length, typed.length - 1);
                Signature check = Signature.getInstance("Ed25519");
                check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
                check.update(utf8(body));
                return check.verify(signature);
            } catch (GeneralSecurityException e) {
                return false; // no point of the curve, or no signature
            }
        }
    }

    /// As much of JSON as receipts have: objects of texts, whole numbers, null, lists of texts, objects. Strict: a key
    /// twice, or anything after the end, is an error. One thread at a time.
    private static final class Json {
        private static final int DEPTH_MAX = 4;
        private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

        private final String text;
        private int at;

        private Json(String text) {
            this.text = text;
        }

        static Map<String, Object> object(String text) throws InvalidException {
            Json json = new Json(text);
            json.blanks();
            Map<String, Object> object = json.object(0);
            json.blanks();
            if (json.at != text.length()) {
                throw json.bad();
            }
            return object;
        }

        private InvalidException bad() {
            return new InvalidException("what should be JSON is not, at character " + (at + 1));
        }

        private void blanks() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private boolean next(char wanted) {
            blanks();
            if (at < text.length() && text.charAt(at) == wanted) {
                at++;
                return true;
            }
            return false;
        }

        private void require(char wanted) throws InvalidException {
            if (!next(wanted)) {
                throw bad();
            }
        }

        private Map<String, Object> object(int depth) throws InvalidException {
            if (depth > DEPTH_MAX) {
                throw bad();
            }
            Map<String, Object> object = new LinkedHashMap<>();
            require('{');
            if (next('}')) {
                return object;
            }
            do {
                blanks();
                String key = string();
                require(':');
                if (object.put(key, value(depth)) != null) {
                    throw bad();
                }
            } while (next(','));
            require('}');
            return object;
        }

        private Object value(int depth) throws InvalidException {
            blanks();
            if (at >= text.length()) {
                throw bad();
            }
            return switch (text.charAt(at)) {
                case '{' -> object(depth + 1);
                case '"' -> string();
                case '[' -> list();
                default -> number();
            };
        }

        private Object number() throws InvalidException {
            if (text.startsWith("null", at)) {
                at += 4;
                return "null"; // a collection that is not there; nothing a receipt must have is ever null
            }
            Matcher number = NUMBER.matcher(text).region(at, text.length());
            if (!number.lookingAt()) {
                throw bad();
            }
            at = number.end();
            return Long.valueOf(number.group());
        }

        private List<String> list() throws InvalidException {
            List<String> values = new ArrayList<>();
            require('[');
            if (next(']')) {
                return values;
            }
            do {
                blanks();
                values.add(string());
            } while (next(','));
            require(']');
            return values;
        }

        private String string() throws InvalidException {
            StringBuilder value = new StringBuilder();
            require('"');
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '"') {
                    return value.toString();
                }
                if (c < ' ') {
                    throw bad();
                }
                value.append(c == '\\' ? escaped() : c);
            }
            throw bad();
        }

        private char escaped() throws InvalidException {
            if (at >= text.length()) {
                throw bad();
            }
            char c = text.charAt(at++);
            int plain = "\"\\/bfnrt".indexOf(c);
            if (plain >= 0) {
                return "\"\\/\b\f\n\r\t".charAt(plain);
            }
            if (c != 'u'
                    || at + 4 > text.length()
                    || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
                throw bad();
            }
            at += 4;
            return (char) Integer.parseInt(text, at - 4, at, 16);
        }
    }
}
