-- Every file that ever was an agreement, and how it ended. An organization's versions count from 1; the last of them is the
-- row of connect_pos.agreements for as long as it has not ended.
CREATE TABLE IF NOT EXISTS connect_pos.agreement_versions (
    connected_org_id uuid         NOT NULL,        -- organizations live in another database: no foreign key
    version          integer      NOT NULL,
    file_name        varchar(255) NOT NULL,
    file_size        integer      NOT NULL,        -- bytes
    file_sha         varchar(64)  NOT NULL,        -- SHA-256 in lower-case hexadecimal
    created_by_id    uuid         NOT NULL,        -- users live in another database: no foreign key
    created_at       timestamptz  NOT NULL,
    ended_as         varchar(8)   CHECK (ended_as IN ('replaced', 'deleted')), -- null for what is the agreement now
    ended_at         timestamptz,                  -- null, too, where another program has ended it
    ended_by_id      uuid,                         -- the same
    kept_key         varchar(500),                 -- of the file that is kept after the end; null where none is
    PRIMARY KEY (connected_org_id, version)
);

CREATE UNIQUE INDEX IF NOT EXISTS agreement_versions_kept_key ON connect_pos.agreement_versions (kept_key)
    WHERE kept_key IS NOT NULL;
CREATE INDEX IF NOT EXISTS agreement_versions_kept ON connect_pos.agreement_versions (connected_org_id, version)
    WHERE kept_key IS NOT NULL;

INSERT INTO connect_pos.agreement_versions
    (connected_org_id, version, file_name, file_size, file_sha, created_by_id, created_at)
SELECT connected_org_id, 1, file_name, file_size, file_sha, created_by_id, created_at FROM connect_pos.agreements
ON CONFLICT DO NOTHING;
