package org.likeness.core.document;

import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.likeness.core.collection.Basis;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Retention;
import org.likeness.core.consent.BasisTerms;
import org.likeness.core.rights.LogDesk;

/// How long a collection keeps what: read from the very constants and records that the jobs and the
/// queries decide by, so that a page made of it cannot promise anything else. Stateless.
final class Terms {
    private Terms() {}

    static List<Term> of(Facts facts) {
        Profile profile = facts.collection().profile();
        List<Term> terms = new ArrayList<>();
        terms.add(new Term(
                "photos, their thumbnails and the cut-out faces",
                photos(facts),
                "the purge, which every command begins with; a photo whose time is over, or whose grant, is in no"
                        + " answer of a search from that instant on"));
        terms.add(new Term(
                "where faces are in the photos, and how well they show", "as long as the photo", "deleted with it"));
        terms.add(templates(facts));
        if (profile == Profile.EVENT) {
            terms.add(references(facts.basis()));
        }
        terms.add(new Term(
                "the photo a search starts from, and its template",
                "not kept: gone when the search ends; a hash of it stays with the record of the search",
                "never written to the disk"));
        if (profile != Profile.HOUSEHOLD) {
            terms.add(consents(facts.basis()));
            terms.add(new Term(
                    "names and contacts of people who may be found, and of guardians",
                    "until they are erased",
                    "sealed with a key of each person, which is destroyed then; what cannot be opened any more is"
                            + " useless in every backup too"));
            terms.add(new Term(
                    "what people answered: ids, times, hashes of the notice, words of closed lists",
                    "kept as proof, without the name, also after the person was erased",
                    "append-only"));
        }
        terms.add(new Term(
                "searches: when, why, by whom, with which threshold, and what came back",
                "while the collection exists",
                "needed to answer who searched for whom"));
        terms.add(new Term(
                "what was demanded, and what must stay out: hashes of photos and places in them, no biometric data",
                "kept for good, so that what went does not come back",
                "asked at every import"));
        terms.add(new Term(
                "the audit log: ids and commitments, no names",
                "at least " + Retention.words(LogDesk.TERM_MIN) + ", then until it is pruned",
                "`likeness audit prune` refuses to take younger entries"));
        return List.copyOf(terms);
    }

    private static String photos(Facts facts) {
        String kept = facts.basis()
                .map(b -> "at most " + Retention.words(b.retention().photos()) + " after import, then"
                        + " gone when the data directory is next opened")
                .orElse("while the collection exists");
        return kept + "; not used from the instant on at which the grant they stand on ends, and gone "
                + facts.setup().purge().toDays()
                + " days later (setting `purge.days`); at once when their source says stop";
    }

    static Term templates(Facts facts) {
        Profile profile = facts.collection().profile();
        String what = "templates of faces nobody has vouched for";
        if (!profile.keepsUnknownTemplates()) {
            return new Term(
                    what,
                    "not kept: made in memory while faces are compared, then gone",
                    "the database refuses to store one");
        }
        return kept(profile, facts.basis())
                .map(length -> new Term(
                        what,
                        Retention.words(length) + " after each was made; importing the photo again does not extend it",
                        "no search uses it from then on; deleted when the data directory is next opened"))
                .orElse(new Term(
                        what,
                        "while the collection exists",
                        "sealed with the collection's key; `likeness vault shred` destroys it"));
    }

    private static Term references(Optional<Basis> basis) {
        String most = basis.map(
                        b -> ", at most " + Retention.words(b.retention().templates()) + " after each was made")
                .orElse("; none is taken before the collection's basis is recorded");
        return new Term(
                "templates of people who agreed to be found",
                "until nobody may find them any more" + most,
                "deleted in the transaction that ends the consent; by time, not used from then on and deleted when the"
                        + " data directory is next opened");
    }

    /// What the profile or the basis says, whichever is shorter.
    private static Optional<Period> kept(Profile profile, Optional<Basis> basis) {
        Optional<Period> most = profile.templateTerm().map(term -> Period.ofDays(Math.toIntExact(term.toDays())));
        Optional<Period> recorded = basis.map(b -> b.retention().templates());
        return recorded.filter(period ->
                        most.filter(max -> Retention.longer(period, max)).isEmpty())
                .or(() -> most);
    }

    private static Term consents(Optional<Basis> basis) {
        Period inactivity = basis.map(b -> b.retention().inactivity()).orElse(BasisTerms.INACTIVITY);
        String ends = basis.flatMap(b -> b.retention().purposeEndsAt())
                .map(end -> "; nothing is compared from " + Pages.day(end) + " on")
                .orElse("");
        return new Term(
                "that a person may be found",
                "until the earliest of: withdrawal, the term they gave it for, coming of age if it was given for a"
                        + " minor, a change of the terms in substance, and " + Retention.words(inactivity)
                        + " in which nothing was heard of them" + ends,
                "computed at the moment of every answer");
    }
}
