-- Tells every server at once which tenant is not what it was: servers keep in memory what they have looked up. The
-- notification is the row's id and nothing else, since whoever may connect may listen; an empty one is about all rows. New
-- rows are not told of: nobody keeps in memory that there is no such tenant.
CREATE FUNCTION public.accord_notify_tenants() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_catalog.pg_notify('accord_tenants', coalesce(OLD.id::text, ''));
    RETURN NULL;
END
$$;

CREATE TRIGGER accord_updated AFTER UPDATE ON public.tenants FOR EACH ROW
    WHEN ((OLD.id, OLD.org_id, OLD.url, OLD.name, OLD.database_url, OLD.is_active)
        IS DISTINCT FROM (NEW.id, NEW.org_id, NEW.url, NEW.name, NEW.database_url, NEW.is_active))
    EXECUTE FUNCTION public.accord_notify_tenants();
CREATE TRIGGER accord_deleted AFTER DELETE ON public.tenants FOR EACH ROW
    EXECUTE FUNCTION public.accord_notify_tenants();
CREATE TRIGGER accord_truncated AFTER TRUNCATE ON public.tenants FOR EACH STATEMENT
    EXECUTE FUNCTION public.accord_notify_tenants();

-- ALWAYS: also for what replication writes.
ALTER TABLE public.tenants
    ENABLE ALWAYS TRIGGER accord_updated,
    ENABLE ALWAYS TRIGGER accord_deleted,
    ENABLE ALWAYS TRIGGER accord_truncated;
