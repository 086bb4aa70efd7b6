-- What was found in the sources, packed, by what opened the case for whoever kept it. Made with the first that is kept: no case has to have it.
CREATE TABLE IF NOT EXISTS cached (
    source INTEGER NOT NULL REFERENCES source,
    slot TEXT NOT NULL,
    print BLOB NOT NULL,
    seal BLOB NOT NULL,
    packed BLOB NOT NULL,
    PRIMARY KEY (source, slot)
) STRICT;
