-- The customers of the system. Each has a database of its own, which database_url leads to.
CREATE TABLE IF NOT EXISTS public.tenants (
    id             uuid        PRIMARY KEY,
    org_id         text        NOT NULL UNIQUE, -- what access tokens call the tenant: org_01…, never a UUID
    url            text        NOT NULL UNIQUE, -- its short name: prefix of its object keys, label in the log
    name           text        NOT NULL,
    database_url   text        NOT NULL,
    is_active      bool        NOT NULL DEFAULT true,
    schema_version text,                        -- written by `accord migrate`
    created_at     timestamptz NOT NULL DEFAULT now()
);

-- For a table from before Accord.
ALTER TABLE public.tenants ADD COLUMN IF NOT EXISTS schema_version text;
