-- What is about to happen to an agreement and its file, committed before it happens. A row that is still here when nobody
-- works on it tells recovery what to finish or to undo.
CREATE TABLE IF NOT EXISTS connect_pos.agreement_intents (
    id               uuid         PRIMARY KEY,
    connected_org_id uuid         NOT NULL,        -- organizations live in another database: no foreign key
    action           varchar(6)   NOT NULL CHECK (action IN ('put', 'delete', 'keep')),
    s3_key           varchar(500) NOT NULL,        -- of the file that is put, deleted or kept, as are its name, size and SHA
    file_name        varchar(255) NOT NULL,
    file_size        integer      NOT NULL,        -- bytes
    file_sha         varchar(64)  NOT NULL,        -- SHA-256 in lower-case hexadecimal
    created_by_id    uuid         NOT NULL,        -- who does it; users live in another database: no foreign key
    previous_key     varchar(500),                 -- of the file that the row had before; null where there was no row
    previous_sha     varchar(64),
    state            varchar(6)   NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'undone')),
    watch_until      timestamptz,                  -- until when a request to the storage may still take effect late
    created_at       timestamptz  NOT NULL DEFAULT clock_timestamp() -- a transaction may write several: their order counts
);

CREATE INDEX IF NOT EXISTS agreement_intents_connected_org_id ON connect_pos.agreement_intents (connected_org_id);
