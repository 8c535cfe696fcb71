-- What one engine must not forget. Times end in _us: UTC microseconds.
CREATE TABLE accounts (
  id {{identity}},
  alias TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  why TEXT NOT NULL,
  telegram_id {{bigint}} NOT NULL,
  user_id {{bigint}} NOT NULL,
  phone_masked TEXT NOT NULL,
  username TEXT NOT NULL,
  home_dc {{bigint}} NOT NULL,
  added_at_us {{bigint}} NOT NULL,
  last_used_at_us {{bigint}} NOT NULL
) {{options}};

-- `version` rises with every key of that place and is part of the seal, so an old record put back is refused.
CREATE TABLE account_keys (
  account_id {{bigint}} NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  dc {{bigint}} NOT NULL,
  version {{bigint}} NOT NULL,
  sealed {{bytes}} NOT NULL,
  salt {{bigint}} NOT NULL,
  PRIMARY KEY (account_id, dc)
) {{options}};

CREATE TABLE waits (
  account_id {{bigint}} NOT NULL,
  scope TEXT NOT NULL,
  until_us {{bigint}} NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (account_id, scope)
) {{options}};

CREATE TABLE config_history (
  id {{identity}},
  version {{bigint}} NOT NULL,
  key TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  who TEXT NOT NULL,
  comment TEXT NOT NULL,
  at_us {{bigint}} NOT NULL
) {{options}};

CREATE TABLE peers (
  account_id {{bigint}} NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  chat_id {{bigint}} NOT NULL,
  username TEXT,
  access_hash {{bigint}} NOT NULL,
  at_us {{bigint}} NOT NULL,
  PRIMARY KEY (account_id, chat_id)
) {{options}};
CREATE UNIQUE INDEX peers_by_name ON peers (account_id, username);
