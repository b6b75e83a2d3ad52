import AccordAdapters
import TestSupport
import Testing

/// Whether the databases are said to be at head, by what the central one holds.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct MigrationCheckTests {
    @Test(
        .tenants,
        arguments: [
            // Registered, and never migrated: nobody uses them yet.
            ("", nil),
            ("UPDATE public.tenants SET schema_version = '0004'", nil),
            // A newer program has been at work; this one may still serve while it is replaced.
            ("UPDATE public.tenants SET schema_version = '0005'", nil),
            (
                "INSERT INTO connect.schema_migrations (version, name, checksum) VALUES ('0009', '0009_later', 'x')",
                nil
            ),
            (
                "UPDATE public.tenants SET schema_version = '0000'",
                "The databases of 2 active tenants are behind 0004_audit_log. Run accord migrate."
            ),
            (
                "UPDATE public.tenants SET schema_version = '0000', is_active = url <> 'brightwater'",
                "The database of 1 active tenant is behind 0004_audit_log. Run accord migrate."
            ),
            ("UPDATE public.tenants SET schema_version = '0000', is_active = false", nil),
            (
                "DELETE FROM connect.schema_migrations WHERE name = '0002_subscription'",
                """
                The central database lacks 0002_subscription, or has had it with another text. Run accord migrate.
                """
            ),
            (
                "UPDATE connect.schema_migrations SET checksum = 'x' WHERE name = '0001_tenants'",
                "The central database lacks 0001_tenants, or has had it with another text. Run accord migrate."
            ),
            (
                "DROP TABLE connect.schema_migrations",
                """
                The central database lacks 0001_tenants, 0002_subscription, 0003_row_level_security, \
                0004_tenant_notifications, 0005_user_notifications, or has had it with \
                another text. Run accord migrate.
                """
            ),
            (
                "DROP SCHEMA connect CASCADE",
                """
                The central database lacks 0001_tenants, 0002_subscription, 0003_row_level_security, \
                0004_tenant_notifications, 0005_user_notifications, or has had it with \
                another text. Run accord migrate.
                """
            ),
            (
                "REVOKE SELECT ON subscription.users FROM accord_app",
                "In the central database, the role accord_app lacks SELECT on subscription.users. Run accord migrate."
            ),
            (
                "REVOKE ALL ON connect.schema_migrations FROM accord_app",
                """
                The central database lacks 0001_tenants, 0002_subscription, 0003_row_level_security, \
                0004_tenant_notifications, 0005_user_notifications, or has had it with \
                another text. Run accord migrate.
                """
            ),
        ] as [(String, String?)])
    func `what is missing is said in a sentence`(_ change: String, _ problem: String?) async throws {
        try await setScene(change, in: try TestTenants.current.central)
        try await withDatabases { databases async throws in
            #expect(try await MigrationCheck(databases).findProblem() == problem)
        }
    }
}
