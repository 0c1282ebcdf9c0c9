-- Who may use the installation: docs/reference/storage.md.

-- A member who was removed leaves no row; the log goes on naming the id.
CREATE TABLE member (
  id ${id} NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 2 AND 100),
  -- the name in lower case, by which they are found
  name_key TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('INVITED', 'ACTIVE', 'DISABLED')),
  -- as the server encoded it: algorithm, parameters, salt, digest
  password TEXT CHECK (length(password) BETWEEN 20 AND 500),
  added_at ${integer} NOT NULL
)${strict};

CREATE TABLE membership (
  member ${id} NOT NULL REFERENCES member (id),
  role TEXT NOT NULL CHECK (role IN ('OWNER', 'CURATOR', 'CONTRIBUTOR', 'PRIVACY_OFFICER', 'VIEWER')),
  collection ${id} REFERENCES collection (id),
  UNIQUE (member, collection),
  CHECK (role <> 'OWNER' OR collection IS NULL),
  CHECK (role IN ('OWNER', 'PRIVACY_OFFICER') OR collection IS NOT NULL)
)${strict};

CREATE INDEX membership_by_collection ON membership (collection);

-- One-time codes by which a new member chooses a password.
CREATE TABLE invitation (
  sha256 ${id} NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
  member ${id} NOT NULL UNIQUE REFERENCES member (id),
  ends_at ${integer} NOT NULL
)${strict};

CREATE TABLE session (
  id ${id} NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  sha256 ${id} NOT NULL UNIQUE CHECK (length(sha256) = 64),
  member ${id} NOT NULL REFERENCES member (id),
  device TEXT NOT NULL CHECK (length(device) <= 100),
  began_at ${integer} NOT NULL,
  seen_at ${integer} NOT NULL,
  ends_at ${integer} NOT NULL CHECK (ends_at > began_at)
)${strict};

CREATE INDEX session_by_member ON session (member);

CREATE TABLE api_token (
  id ${id} NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  sha256 ${id} NOT NULL UNIQUE CHECK (length(sha256) = 64),
  member ${id} NOT NULL REFERENCES member (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  rights TEXT NOT NULL,
  collection ${id} REFERENCES collection (id),
  made_at ${integer} NOT NULL,
  ends_at ${integer} NOT NULL CHECK (ends_at > made_at),
  used_at ${integer}
)${strict};

CREATE INDEX api_token_by_member ON api_token (member);

CREATE INDEX api_token_by_collection ON api_token (collection);

-- WebAuthn credentials; bytes in base64url.
CREATE TABLE passkey (
  credential TEXT NOT NULL PRIMARY KEY CHECK (length(credential) BETWEEN 1 AND 1400),
  member ${id} NOT NULL REFERENCES member (id),
  label TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 100),
  public_key TEXT NOT NULL,
  sign_count ${integer} NOT NULL CHECK (sign_count >= 0),
  verified ${integer} NOT NULL CHECK (verified IN (0, 1)),
  backup_eligible ${integer} NOT NULL CHECK (backup_eligible IN (0, 1)),
  backed_up ${integer} NOT NULL CHECK (backed_up IN (0, 1)),
  transports TEXT NOT NULL,
  attestation TEXT NOT NULL,
  attestation_client_data TEXT NOT NULL,
  added_at ${integer} NOT NULL,
  used_at ${integer}
)${strict};

CREATE INDEX passkey_by_member ON passkey (member);

-- Who a member is to a provider of OpenID Connect.
CREATE TABLE external_identity (
  issuer TEXT NOT NULL CHECK (length(issuer) BETWEEN 1 AND 500),
  subject TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 500),
  member ${id} NOT NULL REFERENCES member (id),
  PRIMARY KEY (issuer, subject)
)${strict};

CREATE INDEX external_identity_by_member ON external_identity (member);
