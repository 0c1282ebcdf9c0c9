package org.likeness.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Statement;
import org.likeness.core.consent.ConsentEvent;
import org.likeness.core.consent.Notice;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.Holdings;
import org.likeness.core.person.Details;
import org.likeness.core.photo.Photo;
import org.likeness.core.rights.AccessDesk;
import org.likeness.library.Likeness;
import org.likeness.library.OwnerOnly;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What somebody who asked is handed, as a folder: `index.html` to read, `access.json` with the same for
/// programs,
/// `photos/` and `receipts/`.
final class AccessBundle {
    private final Path folder;

    private AccessBundle(Path folder) {
        this.folder = folder;
    }

    /// @throws LikenessException CONFLICT when there is something of that name, UNAVAILABLE when it
    ///     cannot be made
    static AccessBundle in(Path folder) {
        if (Files.exists(folder)) {
            throw new LikenessException(
                    LikenessException.Kind.CONFLICT,
                    "the folder of --out exists already\nName another, so that nobody's answer is mixed with it.");
        }
        try {
            OwnerOnly.createFolders(folder.resolve("photos"));
            OwnerOnly.createFolders(folder.resolve("receipts"));
            return new AccessBundle(folder);
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

    /// @param missing photos whose file is gone
    record Written(int photos, int missing) {}

    Written write(Likeness likeness, AccessDesk.Given given) {
        Holdings held = given.holdings();
        try {
            int copied = 0;
            List<Map<String, Object>> photos = new ArrayList<>();
            for (Holdings.Shown shown : held.photos()) {
                Path file = Path.of("photos", shown.photo().id() + ending(shown.photo()));
                Path original = likeness.original(shown.photo());
                boolean there = Files.isRegularFile(original);
                if (there) {
                    Files.copy(original, folder.resolve(file));
                    copied++;
                }
                photos.add(photo(shown, there ? file.toString().replace('\\', '/') : ""));
            }
            List<Map<String, Object>> receipts = receipts(likeness, held);
            Map<String, Object> document = document(likeness, given, photos, receipts);
            Files.writeString(
                    folder.resolve("access.json"),
                    JsonMapper.builder()
                                    .enable(SerializationFeature.INDENT_OUTPUT)
                                    .build()
                                    .writeValueAsString(document)
                            + "\n");
            Files.writeString(folder.resolve("index.html"), page(document));
            return new Written(copied, held.photos().size() - copied);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static String ending(Photo photo) {
        return "." + photo.mediaType().name().toLowerCase(java.util.Locale.ROOT);
    }

    private List<Map<String, Object>> receipts(Likeness likeness, Holdings held) throws IOException {
        List<Map<String, Object>> receipts = new ArrayList<>();
        for (Statement statement : held.statements()) {
            Path file = Path.of("receipts", statement.id() + ".json");
            Map<String, Object> one = Out.map(
                    "statement", statement.id().toString(),
                    "kind", words(statement.kind().name()),
                    "at", statement.at().toString());
            try {
                Files.writeString(
                        folder.resolve(file),
                        likeness.receipt(statement.id(), Map.of()).json());
                one.put("file", file.toString().replace('\\', '/'));
            } catch (LikenessException e) {
                if (e.kind() != LikenessException.Kind.REFUSED) { // its entry was pruned from the log
                    throw e;
                }
            }
            receipts.add(one);
        }
        return receipts;
    }

    private static Map<String, Object> document(
            Likeness likeness,
            AccessDesk.Given given,
            List<Map<String, Object>> photos,
            List<Map<String, Object>> receipts) {
        Holdings held = given.holdings();
        Map<String, Object> person = Out.map(
                "id", held.person().id().toString(),
                "state", words(held.person().state().name()),
                "added", held.person().addedAt().toString());
        held.person().majorityOn().ifPresent(day -> person.put("decides alone from", day.toString()));
        held.details().ifPresent(details -> person.putAll(details(details)));
        return Out.map(
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
        Map<String, Object> map = Out.map();
        details.name().ifPresent(name -> map.put("name", name));
        details.contact().ifPresent(contact -> map.put("contact", contact));
        details.language().ifPresent(language -> map.put("language", language));
        return map;
    }

    private static Map<String, Object> guardian(Holdings.KnownGuardian known) {
        Map<String, Object> map = Out.map(
                "id", known.guardian().id().toString(),
                "added", known.guardian().addedAt().toString());
        known.guardian().notifiedAt().ifPresent(at -> map.put("told", at.toString()));
        known.details().ifPresent(details -> map.putAll(details(details)));
        return map;
    }

    private static Map<String, Object> answer(ConsentEvent answer) {
        Map<String, Object> map = Out.map(
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
        Map<String, Object> map = Out.map(
                "version", notice.version(), "published", notice.publishedAt().toString());
        notice.texts().forEach(text -> map.put("text in " + text.language(), text.text()));
        return map;
    }

    private static Map<String, Object> reference(Holdings.Reference reference) {
        return Out.map(
                "what", "a biometric template made from a photo of yours; it is sealed and handed to nobody",
                "model", reference.model(),
                "made", reference.madeAt().toString(),
                "ends", reference.endsAt().toString());
    }

    private static Map<String, Object> photo(Holdings.Shown shown, String file) {
        Photo photo = shown.photo();
        Map<String, Object> map = Out.map(
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
        return Out.map(
                "face", decision.face().toString(),
                "said", decision.isTheirs() ? "it is you" : "it is not you",
                "by", decision.by(),
                "at", decision.at().toString());
    }

    private static Map<String, Object> use(Holdings.Use use) {
        Map<String, Object> map = Out.map(
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
        return Out.map(
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
