-- A transaction of the application sees one organization's connections, one user, and no organization at all until it has
-- said whose they are: by settings of its own, `accord.organization_id` and `accord.subject`, which end with it. So a
-- statement that forgets its condition still shows nobody anything of others.
--
-- FORCE: not even the owner of the tables is exempt. The role that migrates has policies of its own instead.
ALTER TABLE subscription.orgs        ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE subscription.users       ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE subscription.connections ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- In parentheses, the settings are read once for a statement and not once for a row.
CREATE POLICY accord_public ON subscription.orgs FOR SELECT
    USING ((SELECT nullif(current_setting('accord.organization_id', true), '')) IS NOT NULL);
CREATE POLICY accord_self ON subscription.users FOR SELECT
    USING (auth_provider_id = (SELECT current_setting('accord.subject', true)));
CREATE POLICY accord_own ON subscription.connections FOR SELECT
    USING (
        requester_org_id = (SELECT nullif(current_setting('accord.organization_id', true), '')::uuid)
        OR target_org_id = (SELECT nullif(current_setting('accord.organization_id', true), '')::uuid));

CREATE POLICY accord_maintenance ON subscription.orgs        TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY accord_maintenance ON subscription.users       TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY accord_maintenance ON subscription.connections TO CURRENT_USER USING (true) WITH CHECK (true);
