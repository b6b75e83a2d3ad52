-- The same for users, in whichever database they are.
CREATE FUNCTION subscription.accord_notify_users() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_catalog.pg_notify('accord_users', coalesce(OLD.id::text, ''));
    RETURN NULL;
END
$$;

CREATE TRIGGER accord_updated AFTER UPDATE ON subscription.users FOR EACH ROW
    WHEN ((OLD.id, OLD.auth_provider_id, OLD.org_id, OLD.is_active)
        IS DISTINCT FROM (NEW.id, NEW.auth_provider_id, NEW.org_id, NEW.is_active))
    EXECUTE FUNCTION subscription.accord_notify_users();
CREATE TRIGGER accord_deleted AFTER DELETE ON subscription.users FOR EACH ROW
    EXECUTE FUNCTION subscription.accord_notify_users();
CREATE TRIGGER accord_truncated AFTER TRUNCATE ON subscription.users FOR EACH STATEMENT
    EXECUTE FUNCTION subscription.accord_notify_users();

-- ALWAYS: also for what replication writes.
ALTER TABLE subscription.users
    ENABLE ALWAYS TRIGGER accord_updated,
    ENABLE ALWAYS TRIGGER accord_deleted,
    ENABLE ALWAYS TRIGGER accord_truncated;
