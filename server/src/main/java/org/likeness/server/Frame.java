package org.likeness.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.demand.Residual;
import org.likeness.core.member.Right;

/// What every page shows around its content: the language, who is signed in, where they can go.
/// Immutable.
///
/// @param texts the words
/// @param title of the page, without the product's name
/// @param section the part of the product the page belongs to, such as `photos`; marks the way there
/// @param caller who looks; empty before sign-in
/// @param collections that the caller may see, by name
/// @param collection the one the page is about
/// @param csrf the token that forms send back
/// @param assets path under which this build's static files are served
/// @param theme `light` or `dark` when the reader chose one, else empty
/// @param shortcuts whether keys of one character do something; a reader can turn them off
/// @param notice a sentence about what just happened, shown once
public record Frame(
        Texts texts,
        String title,
        String section,
        Optional<Caller> caller,
        List<Collection> collections,
        Optional<Collection> collection,
        Csrf csrf,
        String assets,
        String theme,
        boolean shortcuts,
        Optional<String> notice) {
    /// The token and the names under which it is sent.
    public record Csrf(String parameter, String header, String token) {}

    public String t(String key, Object... arguments) {
        return texts.of(key, arguments);
    }

    /// See [Texts#given].
    public String given(String name) {
        return texts.given(name);
    }

    /// The address of a static file; changes with its content, so that browsers keep it for ever.
    public String asset(String file) {
        return assets + "/" + file;
    }

    /// The address of a drawing.
    public String icon(String name) {
        return asset("icons.svg") + "#" + name;
    }

    /// The address of a page of the collection this page is about.
    public String in(String path) {
        return "/c/" + id() + "/" + path;
    }

    /// The address of an endpoint about the collection this page is about.
    public String api(String path) {
        return "/api/v1/collections/" + id() + "/" + path;
    }

    private CollectionId id() {
        return collection
                .orElseThrow(() -> new IllegalStateException("page " + section + " has no collection"))
                .id();
    }

    /// Whether the caller may do something in the collection of this page, or without one, in the
    /// installation.
    public boolean may(Right right) {
        return caller.isPresent() && caller.get().may(right, collection.map(Collection::id));
    }

    /// Whether the caller may do something to the installation as a whole.
    public boolean mayInstallation(Right right) {
        return caller.isPresent() && caller.get().may(right, Optional.empty());
    }

    /// A way to another page.
    public record Link(String address, String section, String text, String icon) {}

    /// The ways everybody uses.
    public List<Link> links() {
        List<Link> links = new ArrayList<>();
        links.add(new Link("/", "collections", "collections.title", "house"));
        if (collection.isPresent()) {
            add(links, Right.SEE_PHOTOS, "photos", "images");
            add(links, Right.SEARCH, "search", "scan-face");
            add(links, Right.SEE_PEOPLE, "people", "users");
        }
        return links;
    }

    /// The ways to what answers for a collection.
    public List<Link> moreLinks() {
        List<Link> links = new ArrayList<>();
        if (collection.isPresent()) {
            add(links, Right.SEE_IMPORTS, "imports", "upload");
            add(links, Right.SEE_SOURCES, "sources", "folder");
            add(links, Right.REVIEW_QUARANTINE, "quarantine", "hand");
            add(links, Right.SEE_DEMANDS, "demands", "scale");
            add(links, Right.SEE_AUDIT, "audit", "scroll-text");
            add(links, Right.SEE_DOCUMENTS, "documents", "file-text");
            add(links, Right.MANAGE_COLLECTION, "settings", "settings");
        }
        return links;
    }

    private void add(List<Link> links, Right right, String page, String icon) {
        if (may(right)) {
            links.add(new Link(in(page), page, page + ".title", icon));
        }
    }

    /// What an entry of the log says was done.
    public String action(AuditEntry entry) {
        return texts.of("action." + entry.action(), entry.count());
    }

    /// How many things an entry of the log concerned. The end of an erasure counts the places that are empty now,
    /// which its words say: it would read as if so many things had been erased.
    public String counted(AuditEntry entry) {
        return entry.action() == AuditEntry.Action.ERASURE_FINISHED
                        || entry.action() == AuditEntry.Action.ERASURE_FAILED
                ? ""
                : texts.of("layout.number", entry.count());
    }

    /// A place where something is kept, as an erasure names it: `table photo`, `crops`. One that has no words yet is
    /// shown by its own.
    public String store(String name) {
        String key = "store." + name.replace(' ', '-');
        return texts.has(key) ? texts.of(key) : name;
    }

    /// What an erasure does not reach, in words; one that has none yet is shown by its own.
    public String residual(Residual residual) {
        String key = "residual." + residual.what().replaceFirst(" .*", "");
        return texts.has(key) ? texts.of(key, residual.count()) : residual.toString();
    }

    /// What a document is, by the name of its file: the notice has one for each language.
    public String document(String name) {
        String key = "document." + name.replaceFirst("\\.[a-z]+$", "").replaceFirst("^notice-.*", "notice");
        return texts.has(key) ? texts.of(key) : name;
    }

    /// Whom somebody may be found by: `myself`, `staff` or `group:NAME`, in words.
    public String choice(String word) {
        return word.startsWith("group:") ? word.substring("group:".length()) : texts.of("choice." + word);
    }

    /// The first letter of the member's name.
    public String initial() {
        String name = caller.map(Caller::name).orElse("?");
        return name.substring(0, name.offsetByCodePoints(0, 1)).toUpperCase(texts.locale());
    }

    /// Texts for a script of the page, as JSON that may stand inside an element: nothing in it can
    /// end that.
    ///
    /// @param keys a text's own key, which is also the script's, without the part before its first dot
    public String json(String... keys) {
        StringBuilder json = new StringBuilder("{");
        for (String key : keys) {
            json.append(json.length() > 1 ? "," : "")
                    .append(quoted(key.substring(key.indexOf('.') + 1)))
                    .append(':')
                    .append(quoted(texts.raw(key)));
        }
        return json.append('}').toString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c > '~') {
                quoted.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
