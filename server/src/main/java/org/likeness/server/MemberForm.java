package org.likeness.server;

import org.likeness.core.member.MemberId;

/// The one form about a member that has to be corrected; the page has several of each member. Immutable.
///
/// @param member whom it is about; empty: none has to be
/// @param part which of theirs: `role`, `identity`, `passkeys` or `invitation`
public record MemberForm(String member, String part, Form form) {
    static final MemberForm NONE = new MemberForm("", "", Form.blank());

    /// What stands in a form of a member's.
    public Form of(MemberId id, String name) {
        return isAbout(id) && part.equals(name) ? form : Form.blank();
    }

    public boolean isAbout(MemberId id) {
        return member.equals(id.toString());
    }
}
