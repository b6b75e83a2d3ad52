-- Organizations, their people, and who is connected to whom. May live in a database of its own.
CREATE SCHEMA IF NOT EXISTS subscription;

CREATE TABLE IF NOT EXISTS subscription.orgs (
    id       uuid PRIMARY KEY,
    name     text NOT NULL,
    org_type text NOT NULL,
    domain   text
);

CREATE TABLE IF NOT EXISTS subscription.users (
    id               uuid PRIMARY KEY,
    auth_provider_id text NOT NULL UNIQUE, -- the `sub` of the access token
    org_id           uuid NOT NULL REFERENCES subscription.orgs,
    email            text NOT NULL,
    role             text NOT NULL DEFAULT 'viewer',
    is_active        bool NOT NULL DEFAULT true
);

CREATE TABLE IF NOT EXISTS subscription.connections (
    id               uuid        PRIMARY KEY,
    requester_org_id uuid        NOT NULL REFERENCES subscription.orgs,
    target_org_id    uuid        NOT NULL REFERENCES subscription.orgs,
    status           text        NOT NULL CHECK (status IN ('active', 'pending', 'rejected')),
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    CHECK (requester_org_id <> target_org_id)
);

-- The names are the ones PostgreSQL gives by itself, so that an index which is there already is found.
CREATE INDEX IF NOT EXISTS users_org_id_idx ON subscription.users (org_id);
CREATE INDEX IF NOT EXISTS connections_requester_org_id_idx ON subscription.connections (requester_org_id);
CREATE INDEX IF NOT EXISTS connections_target_org_id_idx ON subscription.connections (target_org_id);

-- At most one connection for two organizations, whichever of them asked.
CREATE UNIQUE INDEX IF NOT EXISTS connections_least_greatest_idx ON subscription.connections
    (least(requester_org_id, target_org_id), greatest(requester_org_id, target_org_id));
