-- How members sign in: docs/reference/storage.md.

-- By what somebody proved who they are when a session began; nobody knows it of those from before.
ALTER TABLE session ADD COLUMN way TEXT NOT NULL DEFAULT 'PASSWORD'
  CHECK (way IN ('PASSWORD', 'INVITATION', 'PASSKEY', 'PROVIDER', 'PROVIDER_FACTORS'));

-- The last sign-ins of each member, also those that failed, for them to look at.
CREATE TABLE sign_in (
  id ${id} NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  member ${id} NOT NULL REFERENCES member (id),
  at ${integer} NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('PASSWORD', 'INVITATION', 'PASSKEY', 'PROVIDER', 'PROVIDER_FACTORS')),
  device TEXT NOT NULL CHECK (length(device) <= 100),
  succeeded ${integer} NOT NULL CHECK (succeeded IN (0, 1))
)${strict};

CREATE INDEX sign_in_by_member ON sign_in (member, at);
