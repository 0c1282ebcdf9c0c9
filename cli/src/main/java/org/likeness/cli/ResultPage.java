package org.likeness.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.photo.AnalysedPhoto.AnalysedFace;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.Photo;
import org.likeness.core.search.Candidate;
import org.likeness.core.search.PhotoCandidates;
import org.likeness.core.search.Probe;
import org.likeness.core.search.SearchAnswer;
import org.likeness.core.template.Rate;
import org.likeness.library.Likeness;

/// A search's answer as one file that needs nothing else: pictures inside, no script, nothing fetched. Stateless.
final class ResultPage {
    private ResultPage() {}

    static void write(
            OutputFile file, Likeness likeness, Collection collection, Probe probe, int number, SearchAnswer answer) {
        StringBuilder html = new StringBuilder(1 << 16);
        html.append(template("head.html").replace("${title}", text(collection.name())));
        header(html, collection, probe.faces().get(number - 1), answer);
        html.append("<ol class=\"photos\">\n");
        for (PhotoCandidates photo : answer.photos()) {
            photo(html, likeness, collection, photo);
        }
        html.append("</ol>\n");
        html.append(template("foot.html").replace("${version}", text(Main.Version.number())));
        file.write(html);
    }

    private static void header(StringBuilder html, Collection collection, AnalysedFace face, SearchAnswer answer) {
        String found = answer.photosInAll() == 0
                ? "Nobody looks alike enough"
                : Out.counted(answer.photosInAll(), "photo", "photos");
        html.append("<header>\n<img class=\"probe\" alt=\"The face that was searched for\"")
                .append(" src=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(face.crop().png()))
                .append("\">\n<div><h1>")
                .append(text(found))
                .append("</h1>\n<p>in collection <b>")
                .append(text(collection.name()))
                .append("</b>, ")
                .append(String.format(Locale.ROOT, "%,d", answer.compared()))
                .append(" faces compared.</p>\n<p class=\"quiet\">Candidates look alike; who it is, people decide. ")
                .append("A search of somebody who is not here would return anyone about ")
                .append(text(Rate.inWords(answer.threshold().fpir())))
                .append(" times")
                .append(answer.threshold().measured() ? "" : " (estimated)")
                .append(".</p></div>\n</header>\n");
    }

    private static void photo(StringBuilder html, Likeness likeness, Collection collection, PhotoCandidates found) {
        Photo photo = found.photo();
        Path name = Path.of(Out.file(photo.location())).getFileName();
        html.append("<li><figure>\n<div class=\"picture\">");
        Optional<Path> thumbnail = likeness.thumbnail(collection, photo);
        if (thumbnail.isPresent()) {
            html.append("<img alt=\"\" src=\"data:image/jpeg;base64,")
                    .append(Base64.getEncoder().encodeToString(bytes(thumbnail.get())))
                    .append("\">");
        } else {
            html.append("<p class=\"missing\">The photo is not there any more.</p>");
        }
        html.append("<svg viewBox=\"0 0 ")
                .append(photo.width())
                .append(' ')
                .append(photo.height())
                .append("\" aria-hidden=\"true\">");
        for (Candidate candidate : found.candidates()) {
            box(html, candidate.face().box());
        }
        html.append("</svg></div>\n<figcaption><b>")
                .append(text(String.valueOf(name)))
                .append("</b>");
        for (Candidate candidate : found.candidates()) {
            html.append("<span>")
                    .append(text(candidate.rarity().words()))
                    .append(" would look this alike</span><span class=\"quiet\">score ")
                    .append(String.format(Locale.ROOT, "%.3f", candidate.score()))
                    .append(candidate.face().quality().low() ? ", low quality" : "")
                    .append("</span>");
        }
        html.append("</figcaption>\n</figure></li>\n");
    }

    private static void box(StringBuilder html, Box box) {
        html.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%.1f\"/>",
                box.x(),
                box.y(),
                box.width(),
                box.height(),
                box.height() / 12));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "a thumbnail cannot be read\nCheck permissions of the data directory.",
                    e);
        }
    }

    private static String template(String name) {
        try (var content = ResultPage.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IllegalStateException("resource " + name + " is not in the jar");
            }
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("resource " + name + " cannot be read", e);
        }
    }

    /// Escaped for element content and attributes.
    static String text(String raw) {
        return Out.plain(raw)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
