-- What was done with the agreements, by whom, and what was refused. Each entry carries the hash of the one before it, so
-- that docs/audit.md can promise: nobody changes, removes or inserts one unnoticed.
CREATE TABLE IF NOT EXISTS connect_pos.audit_entries (
    id               bigint       PRIMARY KEY,     -- the place in the chain: 1, 2, 3 and so on, without a gap
    recorded_at      timestamptz  NOT NULL,
    action           varchar(10)  NOT NULL CHECK (action IN (
        'upload', 'replace', 'delete', 'restore', 'url_issued', 'download', 'refused')),
    user_id          uuid,                         -- users live in another database: no foreign key
    role             varchar(20),                  -- what the access token granted
    request_id       varchar(128),
    ip_address       inet,                         -- where the request came from
    connected_org_id uuid,                         -- organizations live in another database: no foreign key
    agreement_ids    uuid[]       NOT NULL DEFAULT '{}',
    details          jsonb        NOT NULL DEFAULT '{}',
    previous_hash    bytea        NOT NULL,        -- of the entry before; 32 zero bytes where there is none
    hash             bytea        NOT NULL         -- SHA-256 of previous_hash and all columns above
);

CREATE INDEX IF NOT EXISTS audit_entries_action ON connect_pos.audit_entries (action, id);

-- The end of the chain, in one row: whoever appends locks it. Without it, the last entries could be cut off unnoticed.
CREATE TABLE IF NOT EXISTS connect_pos.audit_heads (
    is_current boolean PRIMARY KEY DEFAULT true CHECK (is_current),
    last_id    bigint  NOT NULL,                   -- 0 before the first entry
    last_hash  bytea   NOT NULL
);

INSERT INTO connect_pos.audit_heads (last_id, last_hash) VALUES (0, decode(repeat('00', 32), 'hex'))
ON CONFLICT DO NOTHING;

-- Gives an entry its place, its time and its hash, whatever was inserted. With the rights of the owner: the application's
-- role can't move the end of the chain by itself.
--
-- What is hashed besides previous_hash: the text of each column, behind its length in bytes and a colon, and before a
-- comma; null is a hyphen. The time is in microseconds since 1970.
CREATE OR REPLACE FUNCTION connect_pos.chain_audit_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    head  record;
    later record;
    field text;
    line  text := '';
BEGIN
    SELECT last_id AS id, last_hash AS hash INTO STRICT head FROM connect_pos.audit_heads FOR UPDATE;
    -- Entries of the same statement, which moves the head when it has inserted all.
    SELECT id, hash INTO later FROM connect_pos.audit_entries WHERE id > head.id ORDER BY id DESC LIMIT 1;
    IF FOUND THEN head := later; END IF;
    NEW.id := head.id + 1;
    NEW.previous_hash := head.hash;
    NEW.recorded_at := clock_timestamp();
    FOREACH field IN ARRAY ARRAY[
        NEW.id::text, (extract(epoch FROM NEW.recorded_at) * 1000000)::bigint::text, NEW.action, NEW.user_id::text,
        NEW.role, NEW.request_id, NEW.ip_address::text, NEW.connected_org_id::text, NEW.agreement_ids::text,
        NEW.details::text
    ] LOOP
        line := line || coalesce(octet_length(convert_to(field, 'UTF8')) || ':' || field, '-') || ',';
    END LOOP;
    NEW.hash := sha256(NEW.previous_hash || convert_to(line, 'UTF8'));
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION connect_pos.move_audit_head() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE connect_pos.audit_heads SET last_id = entries.id, last_hash = entries.hash
    FROM (SELECT id, hash FROM connect_pos.audit_entries ORDER BY id DESC LIMIT 1) AS entries
    WHERE entries.id > last_id;
    RETURN NULL;
END
$$;

REVOKE ALL ON FUNCTION connect_pos.chain_audit_entry(), connect_pos.move_audit_head() FROM PUBLIC;

DROP TRIGGER IF EXISTS chained ON connect_pos.audit_entries;
DROP TRIGGER IF EXISTS moved ON connect_pos.audit_entries;
CREATE TRIGGER chained BEFORE INSERT ON connect_pos.audit_entries FOR EACH ROW
    EXECUTE FUNCTION connect_pos.chain_audit_entry();
CREATE TRIGGER moved AFTER INSERT ON connect_pos.audit_entries FOR EACH STATEMENT
    EXECUTE FUNCTION connect_pos.move_audit_head();

-- By whom and by which request a change was begun, and whether the file comes from an earlier version, so that the log can
-- tell when it is finished after a crash.
ALTER TABLE connect_pos.agreement_intents
    ADD COLUMN IF NOT EXISTS role       varchar(20),
    ADD COLUMN IF NOT EXISTS request_id varchar(128),
    ADD COLUMN IF NOT EXISTS ip_address inet,
    ADD COLUMN IF NOT EXISTS restores   boolean NOT NULL DEFAULT false; -- whether the file is an earlier version's
