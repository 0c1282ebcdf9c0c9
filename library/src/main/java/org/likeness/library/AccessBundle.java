package org.likeness.library;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Statement;
import org.likeness.core.consent.ConsentEvent;
import org.likeness.core.consent.Notice;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.Holdings;
import org.likeness.core.person.Details;
import org.likeness.core.photo.Photo;
import org.likeness.core.rights.AccessDesk;

/// What somebody who asked is handed: `index.html` to read, `access.json` with the same for programs,
/// `photos/` and `receipts/`; as a folder or as one file.
public final class AccessBundle {
    /// Where the files go.
    private interface Place {
        /// @param name with `/` between its parts
        OutputStream create(String name) throws IOException;
    }

    private final Likeness likeness;
    private final AccessDesk.Given given;
    private final Function<Map<String, Object>, String> json;

    /// @param json writes a map of texts, numbers, lists and maps as JSON
    public AccessBundle(Likeness likeness, AccessDesk.Given given, Function<Map<String, Object>, String> json) {
        this.likeness = likeness;
        this.given = given;
        this.json = json;
    }

    /// @param missing photos whose file is gone
    public record Written(int photos, int missing) {}

    /// Makes an empty folder for [#writeTo], before the demand is recorded.
    ///
    /// @throws LikenessException CONFLICT when there is something of that name, UNAVAILABLE when it
    ///     cannot be made
    public static void prepare(Path folder) {
        if (Files.exists(folder)) {
            throw new LikenessException(
                    LikenessException.Kind.CONFLICT,
                    "the folder of --out exists already\nName another, so that nobody's answer is mixed with it.");
        }
        try {
            OwnerOnly.createFolders(folder.resolve("photos"));
            OwnerOnly.createFolders(folder.resolve("receipts"));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static LikenessException unwritable(IOException e) {
        return new LikenessException(
                LikenessException.Kind.UNAVAILABLE,
                "the folder of --out cannot be written\nCheck its free space and rights, and name a new one.",
                e);
    }

    /// Writes into a folder that was prepared.
    ///
    /// @throws LikenessException UNAVAILABLE when it cannot be written
    public Written writeTo(Path folder) {
        try {
            return write(name -> Files.newOutputStream(folder.resolve(name)));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /// Writes one ZIP file, which is left open.
    ///
    /// @throws IOException when its reader went away
    public Written writeZip(OutputStream to) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(to, StandardCharsets.UTF_8);
        Written written = write(name -> {
            zip.putNextEntry(new ZipEntry(name));
            return new FilterOutputStream(zip) {
                @Override
                public void write(byte[] bytes, int from, int count) throws IOException {
                    zip.write(bytes, from, count); // not byte by byte
                }

                @Override
                public void close() throws IOException {
                    zip.closeEntry();
                }
            };
        });
        zip.finish();
        return written;
    }

    private static void write(Place place, String name, String text) throws IOException {
        try (OutputStream to = place.create(name)) {
            to.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private Written write(Place place) throws IOException {
        Holdings held = given.holdings();
        int copied = 0;
        List<Map<String, Object>> photos = new ArrayList<>();
        for (Holdings.Shown shown : held.photos()) {
            String name = "photos/" + shown.photo().id() + ending(shown.photo());
            Path original = likeness.original(shown.photo());
            boolean there = Files.isRegularFile(original);
            if (there) {
                try (OutputStream to = place.create(name)) {
                    Files.copy(original, to);
                }
                copied++;
            }
            photos.add(photo(shown, there ? name : ""));
        }
        Map<String, Object> document = document(likeness, given, photos, receipts(place, held));
        write(place, "access.json", json.apply(document) + "\n");
        write(place, "index.html", page(document));
        return new Written(copied, held.photos().size() - copied);
    }

    private static String ending(Photo photo) {
        return "." + photo.mediaType().name().toLowerCase(java.util.Locale.ROOT);
    }

    private List<Map<String, Object>> receipts(Place place, Holdings held) throws IOException {
        List<Map<String, Object>> receipts = new ArrayList<>();
        for (Statement statement : held.statements()) {
            String name = "receipts/" + statement.id() + ".json";
            Map<String, Object> one = map(
                    "statement", statement.id().toString(),
                    "kind", words(statement.kind().name()),
                    "at", statement.at().toString());
            try {
                write(place, name, likeness.receipt(statement.id(), Map.of()).json());
                one.put("file", name);
            } catch (LikenessException e) {
                if (e.kind() != LikenessException.Kind.REFUSED) { // its entry was pruned from the log
                    throw e;
                }
            }
            receipts.add(one);
        }
        return receipts;
    }

    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static Map<String, Object> document(
            Likeness likeness,
            AccessDesk.Given given,
            List<Map<String, Object>> photos,
            List<Map<String, Object>> receipts) {
        Holdings held = given.holdings();
        Map<String, Object> person = map(
                "id", held.person().id().toString(),
                "state", words(held.person().state().name()),
                "added", held.person().addedAt().toString());
        held.person().majorityOn().ifPresent(day -> person.put("decides alone from", day.toString()));
        held.details().ifPresent(details -> person.putAll(details(details)));
        return map(
                "answered", given.demand().receivedAt().toString(),
                "demand", given.demand().id().toString(),
                "collection",
                        likeness.collections().stream()
                                .filter(one -> one.id().equals(held.person().collection()))
                                .map(one -> one.name())
                                .findFirst()
                                .orElseThrow(),
                "person", person,
                "guardians",
                        held.guardians().stream().map(AccessBundle::guardian).toList(),
                "answers", held.answers().stream().map(AccessBundle::answer).toList(),
                "notices", held.notices().stream().map(AccessBundle::notice).toList(),
                "references",
                        held.references().stream().map(AccessBundle::reference).toList(),
                "photos", photos,
                "decisions",
                        held.decisions().stream().map(AccessBundle::decision).toList(),
                "searches", held.searches().stream().map(AccessBundle::use).toList(),
                "own searches",
                        held.ownSearches().stream().map(Object::toString).toList(),
                "demands", held.demands().stream().map(AccessBundle::demand).toList(),
                "receipts", receipts);
    }

    private static Map<String, Object> details(Details details) {
        Map<String, Object> map = map();
        details.name().ifPresent(name -> map.put("name", name));
        details.contact().ifPresent(contact -> map.put("contact", contact));
        details.language().ifPresent(language -> map.put("language", language));
        return map;
    }

    private static Map<String, Object> guardian(Holdings.KnownGuardian known) {
        Map<String, Object> map = map(
                "id", known.guardian().id().toString(),
                "added", known.guardian().addedAt().toString());
        known.guardian().notifiedAt().ifPresent(at -> map.put("told", at.toString()));
        known.details().ifPresent(details -> map.putAll(details(details)));
        return map;
    }

    private static Map<String, Object> answer(ConsentEvent answer) {
        Map<String, Object> map = map(
                "at", answer.at().toString(),
                "answer", words(answer.act().name()),
                "choice", answer.choice().word(),
                "how", words(answer.method().name()),
                "recorded by", answer.capturedBy().pseudonym());
        answer.guardian().ifPresent(guardian -> map.put("by guardian", guardian.toString()));
        answer.shown().ifPresent(shown -> map.put("notice", shown.version() + " in " + shown.language()));
        answer.endsAt().ifPresent(at -> map.put("ends", at.toString()));
        return map;
    }

    private static Map<String, Object> notice(Notice notice) {
        Map<String, Object> map = map(
                "version", notice.version(), "published", notice.publishedAt().toString());
        notice.texts().forEach(text -> map.put("text in " + text.language(), text.text()));
        return map;
    }

    private static Map<String, Object> reference(Holdings.Reference reference) {
        return map(
                "what", "a biometric template made from a photo of yours; it is sealed and handed to nobody",
                "model", reference.model(),
                "made", reference.madeAt().toString(),
                "ends", reference.endsAt().toString());
    }

    private static Map<String, Object> photo(Holdings.Shown shown, String file) {
        Photo photo = shown.photo();
        Map<String, Object> map = map(
                "photo", photo.id().toString(),
                "source", shown.source().name(),
                "allowed by", shown.grant().grantedBy(),
                "imported", photo.importedAt().toString(),
                "sha256", photo.sha256().hex(),
                "your faces",
                        shown.faces().stream()
                                .map(face -> String.format(
                                        java.util.Locale.ROOT,
                                        "%.0f,%.0f %.0fx%.0f",
                                        face.box().x(),
                                        face.box().y(),
                                        face.box().width(),
                                        face.box().height()))
                                .toList());
        photo.takenAt().ifPresent(at -> map.put("taken", at.toString()));
        if (!file.isEmpty()) {
            map.put("file", file);
        }
        return map;
    }

    private static Map<String, Object> decision(Holdings.Decision decision) {
        return map(
                "face", decision.face().toString(),
                "said",
                        switch (decision.said()) {
                            case IS -> "it is you";
                            case IS_NOT -> "it is not you";
                            case OPEN -> "what was said before is taken back";
                        },
                "by", decision.by(),
                "at", decision.at().toString());
    }

    private static Map<String, Object> use(Holdings.Use use) {
        Map<String, Object> map = map(
                "search", use.search().toString(),
                "at", use.at().toString(),
                "why it is here", use.forThem() ? "it looked for you" : "its answer showed you",
                "purpose", words(use.purpose()),
                "by", use.by(),
                "result", words(use.result()),
                "faces returned", use.returned());
        use.audience().ifPresent(audience -> map.put("for", words(audience)));
        return map;
    }

    private static Map<String, Object> demand(Demand demand) {
        return map(
                "demand", demand.id().toString(),
                "kind", demand.kind().word(),
                "of", demand.target().toString(),
                "received", demand.receivedAt().toString(),
                "state", demand.state().word());
    }

    private static String words(String name) {
        return name.toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    private static String page(Map<String, Object> document) {
        StringBuilder html = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\"><title>What is held on you</title>")
                .append("<style>body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}")
                .append("table{border-collapse:collapse;margin-bottom:1rem}")
                .append("td,th{text-align:left;vertical-align:top;padding:.2rem 1rem .2rem 0;white-space:pre-wrap}")
                .append("img{max-width:20rem}</style></head><body>\n<h1>What is held on you</h1>\n");
        document.forEach((key, value) -> {
            html.append("<h2>").append(text(key)).append("</h2>\n");
            section(html, value);
        });
        return html.append("</body></html>\n").toString();
    }

    private static void section(StringBuilder html, Object value) {
        switch (value) {
            case Map<?, ?> map -> table(html, map);
            case List<?> list when list.isEmpty() -> html.append("<p>Nothing.</p>\n");
            case List<?> list -> list.forEach(one -> section(html, one));
            default -> html.append("<p>").append(text(value.toString())).append("</p>\n");
        }
    }

    private static void table(StringBuilder html, Map<?, ?> map) {
        html.append("<table>\n");
        map.forEach((key, value) -> {
            html.append("<tr><th>").append(text(key.toString())).append("</th><td>");
            String shown = value.toString();
            if (key.equals("file")) {
                html.append("<a href=\"")
                        .append(text(shown))
                        .append("\">")
                        .append(text(shown))
                        .append("</a>");
                if (shown.startsWith("photos/")) {
                    html.append("<br><img alt=\"\" src=\"").append(text(shown)).append("\">");
                }
            } else {
                html.append(text(value instanceof List<?> list ? String.join("; ", strings(list)) : shown));
            }
            html.append("</td></tr>\n");
        });
        html.append("</table>\n");
    }

    private static List<String> strings(List<?> list) {
        return list.stream().map(Object::toString).toList();
    }

    private static String text(String plain) {
        return plain.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
