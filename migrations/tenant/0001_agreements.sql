-- One agreement for each connected organization. Other applications own the other schemas of this database.
CREATE SCHEMA IF NOT EXISTS connect_pos;

CREATE TABLE IF NOT EXISTS connect_pos.agreements (
    id               uuid         PRIMARY KEY,
    connected_org_id uuid         NOT NULL UNIQUE, -- organizations live in another database: no foreign key
    s3_key           varchar(500) NOT NULL,
    file_name        varchar(255) NOT NULL,
    file_size        integer      NOT NULL,        -- bytes
    file_sha         varchar(64)  NOT NULL,        -- SHA-256 in lower-case hexadecimal
    created_by_id    uuid         NOT NULL,        -- for auditing; users live in another database: no foreign key
    created_at       timestamptz  NOT NULL DEFAULT now()
);
