-- What analysts read. Times are UTC seconds; what is absent is NULL.
CREATE TABLE messages (
  chat_id {{bigint}} NOT NULL,
  message_id {{bigint}} NOT NULL,
  box_id {{bigint}} NOT NULL,
  date {{time}} NOT NULL,
  edit_date {{time}},
  sender_id {{bigint}},
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  media_kind TEXT,
  views {{bigint}},
  forwards {{bigint}},
  replies {{bigint}},
  reactions TEXT,
  reply_to_id {{bigint}},
  forward_from_id {{bigint}},
  grouped_id {{bigint}},
  deleted_at {{time}},
  extra TEXT
) {{options}};
CREATE UNIQUE INDEX messages_key ON messages (chat_id, message_id, box_id);
CREATE INDEX messages_by_date ON messages (chat_id, date);

-- What a rewrite of a message replaced. The content columns are filled only when content_changed is 1, so a
-- history of views does not repeat every text.
CREATE TABLE message_versions (
  chat_id {{bigint}} NOT NULL,
  message_id {{bigint}} NOT NULL,
  box_id {{bigint}} NOT NULL,
  seen_at {{time}} NOT NULL,
  edit_date {{time}},
  views {{bigint}},
  forwards {{bigint}},
  replies {{bigint}},
  reactions TEXT,
  content_changed {{bigint}} NOT NULL,
  text TEXT,
  media_kind TEXT,
  extra TEXT
) {{options}};
CREATE INDEX message_versions_key ON message_versions (chat_id, message_id, box_id, seen_at);

CREATE TABLE chats (
  id {{bigint}} NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  username TEXT,
  title TEXT NOT NULL,
  updated_at {{time}} NOT NULL
) {{options}};

CREATE TABLE collection_runs (
  id {{identity}},
  user_id {{bigint}} NOT NULL,
  account TEXT NOT NULL,
  started_at {{time}} NOT NULL,
  duration_s {{real}} NOT NULL,
  channels {{bigint}} NOT NULL,
  messages {{bigint}} NOT NULL,
  errors {{bigint}} NOT NULL,
  outcome TEXT
) {{options}};
CREATE INDEX collection_runs_by_time ON collection_runs (started_at);
CREATE INDEX collection_runs_open ON collection_runs (id) WHERE outcome IS NULL;

CREATE TABLE targets (
  id {{identity}},
  spec TEXT NOT NULL,
  user_id {{bigint}} NOT NULL,
  chat_id {{bigint}} NOT NULL,
  history TEXT NOT NULL,
  interval_s {{bigint}} NOT NULL,
  state TEXT NOT NULL,
  why TEXT NOT NULL,
  next_due_at {{time}} NOT NULL,
  last_run_at {{time}} NOT NULL
) {{options}};
CREATE UNIQUE INDEX targets_key ON targets (spec, user_id);
CREATE INDEX targets_by_chat ON targets (chat_id);

CREATE TABLE cursors (
  target_id {{bigint}} NOT NULL PRIMARY KEY REFERENCES targets (id) ON DELETE CASCADE,
  newest_id {{bigint}} NOT NULL,
  oldest_id {{bigint}} NOT NULL,
  head_newest_id {{bigint}} NOT NULL,
  head_oldest_id {{bigint}} NOT NULL,
  reached_start {{bigint}} NOT NULL,
  stored {{bigint}} NOT NULL,
  expected {{bigint}} NOT NULL,
  updated_at {{time}} NOT NULL
) {{options}};

-- Ids proven read, as disjoint ranges with a gap between any two.
CREATE TABLE coverage (
  chat_id {{bigint}} NOT NULL,
  box_id {{bigint}} NOT NULL,
  low {{bigint}} NOT NULL,
  high {{bigint}} NOT NULL,
  PRIMARY KEY (chat_id, box_id, low)
) {{options}};

CREATE TABLE dead_letters (
  id {{identity}},
  chat_id {{bigint}} NOT NULL,
  message_id {{bigint}},
  box_id {{bigint}} NOT NULL,
  layer {{bigint}} NOT NULL,
  constructor_id {{bigint}} NOT NULL,
  reason TEXT NOT NULL,
  raw {{bytes}} NOT NULL,
  seen_at {{time}} NOT NULL
) {{options}};
CREATE INDEX dead_letters_by_chat ON dead_letters (chat_id);
