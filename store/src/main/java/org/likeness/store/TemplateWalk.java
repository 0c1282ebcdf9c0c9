package org.likeness.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.likeness.core.photo.FaceId;
import org.likeness.core.records.ReadTransaction.TemplateVisitor;
import org.likeness.core.template.ModelId;
import org.likeness.core.template.Template;

/// Opens stored templates row by row. One thread at a time.
final class TemplateWalk {
    /// The rows it reads; its parameter is the collection, and further conditions follow.
    static final String QUERY = "SELECT seq, face, kind, model, format, key_version, nonce, sealed, expires_at"
            + " FROM template WHERE collection = ?";

    private final Supplier<Vault> vault;
    private final TemplateVisitor visitor;
    private long last;
    private @Nullable String modelText;
    private @Nullable ModelId model;

    /// @param vault asked for at the first row
    /// @param afterSequence what [#last] says when there is no row
    TemplateWalk(Supplier<Vault> vault, TemplateVisitor visitor, long afterSequence) {
        this.vault = vault;
        this.visitor = visitor;
        this.last = afterSequence;
    }

    /// The sequence of the last row.
    long last() {
        return last;
    }

    void visit(ResultSet row) throws SQLException {
        Opened opened = open(row);
        visitor.visit(opened.face(), opened.template());
        last = opened.sequence();
    }

    /// A row and its template in the collection's present space.
    record Opened(long sequence, FaceId face, Vault.Kind kind, Optional<Instant> expiresAt, Template template) {}

    Opened open(ResultSet row) throws SQLException {
        FaceId face;
        Vault.Kind kind;
        try {
            face = FaceId.parse(row.getString(2));
            kind = Vault.Kind.valueOf(row.getString(3));
        } catch (IllegalArgumentException e) {
            throw Vault.doesNotOpen(e);
        }
        Vault.Sealed sealed = new Vault.Sealed(
                Math.toIntExact(row.getLong(5)), Math.toIntExact(row.getLong(6)), row.getBytes(7), row.getBytes(8));
        Optional<Instant> expiresAt = Rows.optionalInstant(row, "expires_at");
        Template template = vault.get().open(face, kind, model(row.getString(4)), expiresAt, sealed);
        return new Opened(row.getLong(1), face, kind, expiresAt, template);
    }

    /// Nearly always the same as in the row before.
    private ModelId model(String text) {
        ModelId known = model;
        if (known != null && text.equals(modelText)) {
            return known;
        }
        try {
            ModelId parsed = ModelId.parse(text);
            model = parsed;
            modelText = text;
            return parsed;
        } catch (IllegalArgumentException e) {
            throw Vault.doesNotOpen(e);
        }
    }
}
