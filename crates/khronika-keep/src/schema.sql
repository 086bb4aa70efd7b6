-- The tables of a case file, form 1. Rows are added; only what the last build found and what is written again in `meta` change.
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- The journal: signed entries, with the details that each gives the digest of.
CREATE TABLE entry (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    about TEXT,
    record BLOB NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE INDEX entry_kind ON entry (kind, number);
CREATE INDEX entry_about ON entry (about, number) WHERE about IS NOT NULL;
CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note BLOB NOT NULL) STRICT;

-- The documents as received, cut into pieces, each of which is stored once.
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE,
    blake3 BLOB NOT NULL,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL
) STRICT;
CREATE TABLE chunk (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, size INTEGER NOT NULL, packed BLOB NOT NULL) STRICT;
CREATE TABLE piece (
    source INTEGER NOT NULL REFERENCES source,
    place INTEGER NOT NULL,
    chunk INTEGER NOT NULL REFERENCES chunk,
    PRIMARY KEY (source, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE receipt (
    number INTEGER PRIMARY KEY REFERENCES entry,
    source INTEGER NOT NULL REFERENCES source,
    parent INTEGER REFERENCES source,
    name TEXT NOT NULL
) STRICT;
CREATE INDEX receipt_source ON receipt (source, number);

-- The texts as they were read. A better reading of the same bytes is another row; the newest is searched.
CREATE TABLE text (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source,
    number INTEGER NOT NULL REFERENCES entry,
    lang TEXT NOT NULL,
    digest BLOB NOT NULL,
    words BLOB NOT NULL,
    shape BLOB NOT NULL
) STRICT;
CREATE INDEX text_source ON text (source, id);
CREATE VIEW worded AS SELECT id, unpacked(lang, words) AS words FROM text;
CREATE VIRTUAL TABLE word_index USING fts5 (words, content = 'worded', content_rowid = 'id', tokenize = 'khronika');

-- Who signs, and what opens the case.
CREATE TABLE person (key TEXT PRIMARY KEY, slot TEXT NOT NULL, label TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE slot (id TEXT PRIMARY KEY, kind TEXT NOT NULL, recipient TEXT NOT NULL, label TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- What the last build found, for the filters of a search. Made anew by every build.
CREATE TABLE found_date (source INTEGER NOT NULL REFERENCES source, earliest TEXT NOT NULL, latest TEXT NOT NULL) STRICT;
CREATE INDEX found_date_earliest ON found_date (earliest, latest);
CREATE TABLE found_actor (source INTEGER NOT NULL REFERENCES source, sound TEXT NOT NULL) STRICT;
CREATE INDEX found_actor_sound ON found_actor (sound);
