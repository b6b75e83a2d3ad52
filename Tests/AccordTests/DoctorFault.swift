import AccordDevelopment
import Foundation
import Glibc
import TestSupport
import Testing

/// A fault planted into an installation, and what is to be said of it.
struct DoctorFault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var storage = TestStorage.Kind.s3
    /// The one check that finds it, and what its remedy names.
    let check: String
    let remedy: String
    /// Further checks that it can't but fail.
    let also: [String]
    let plant: @Sendable (inout DoctorScene) async throws -> Void

    init(
        _ description: String, _ check: String, _ remedy: String, also: [String] = [],
        storage: TestStorage.Kind = .s3,
        _ plant: @escaping @Sendable (inout DoctorScene) async throws -> Void
    ) {
        testDescription = description
        self.check = check
        self.remedy = remedy
        self.also = also
        self.storage = storage
        self.plant = plant
    }

    /// A port that nobody listens at.
    static let closedPort = 9

    static let settings = [
        DoctorFault("a required setting is missing", "settings", "Set ACCORD_DATABASE_URL=postgresql://USER:PASSWORD@")
        {
            $0.settings["ACCORD_DATABASE_URL"] = nil
        },
        DoctorFault("a setting is malformed", "settings", "Set ACCORD_PORT ") { $0.settings["ACCORD_PORT"] = "eighty" },
        DoctorFault("a database URL is none", "settings", "Set ACCORD_DATABASE_URL=") {
            $0.settings["ACCORD_DATABASE_URL"] = "mysql://root:hidden-secret@localhost/db"
        },
        DoctorFault("a setting is misspelt", "settings", "Rename ACCORD_DATABSE_URL to ACCORD_DATABASE_URL.") {
            $0.settings["ACCORD_DATABSE_URL"] = $0.settings["ACCORD_DATABASE_URL"]
            $0.settings["ACCORD_DATABASE_URL"] = nil
        },
        DoctorFault("a setting of the store is misspelt", "settings", "Rename AWS_SESSION_TOKN to AWS_SESSION_TOKEN.") {
            $0.settings["AWS_SESSION_TOKN"] = "hidden-secret"
        },
        DoctorFault("a setting of the file is unknown", "settings", "Remove ACCORD_COLOUR_OF_THE_BIKE_SHED") {
            try Data("# ACCORD_NO=1\nACCORD_COLOUR_OF_THE_BIKE_SHED = green\n".utf8)
                .write(to: URL(filePath: "\($0.folder)/.env"))
        },
        DoctorFault("the organizations' database URL is none", "settings", "Set ACCORD_ORGS_DATABASE_URL=") {
            $0.settings["ACCORD_ORGS_DATABASE_URL"] = "hidden-secret"
        },
        DoctorFault("a trusted document asks for what there isn't", "settings", "Set ACCORD_TRUSTED_DOCUMENTS") {
            let folder = "\($0.folder)/documents"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            try Data("{ nonsense }".utf8).write(to: URL(filePath: "\(folder)/all.graphql"))
            $0.settings["ACCORD_TRUSTED_DOCUMENTS"] = folder
        },
        DoctorFault("keys come from two places", "settings", "ACCORD_JWKS_URL") {
            $0.settings["ACCORD_JWKS_URL"] = "https://127.0.0.1/jwks"
        },
        DoctorFault("the secret of links is short", "settings", "ACCORD_STORAGE_SECRET", storage: .directory) {
            $0.settings["ACCORD_STORAGE_SECRET"] = "hidden-secret"
        },
        DoctorFault("the certificate is missing", "settings", "ACCORD_TLS_CERTIFICATE and ACCORD_TLS_KEY") {
            $0.settings["ACCORD_TLS_CERTIFICATE"] = "\($0.folder)/missing.pem"
            $0.settings["ACCORD_TLS_KEY"] = "\($0.folder)/missing.pem"
        },
    ]

    static let databases = [
        DoctorFault("the database's host has no address", "database", "Correct the host in ACCORD_DATABASE_URL.") {
            $0.settings["ACCORD_DATABASE_URL"] = "postgresql://accord_app:hidden-secret@nowhere.invalid/accord"
        },
        DoctorFault("nobody listens at the database's port", "database", "Start PostgreSQL there") {
            $0.settings["ACCORD_DATABASE_URL"] = "postgresql://u:hidden-secret@127.0.0.1:\(closedPort)/accord"
        },
        DoctorFault("the password is wrong", "database", "the password in ACCORD_DATABASE_URL") {
            $0.settings["ACCORD_DATABASE_URL"] = $0.tenants.central.url.replacing(
                ":application@", with: ":hidden-secret@")
        },
        DoctorFault("there is no such database", "database", "Correct the database in ACCORD_DATABASE_URL.") {
            $0.settings["ACCORD_DATABASE_URL"] = $0.tenants.central.url + "x"
        },
        DoctorFault("the database doesn't answer", "database", "Open the way to the server") {
            let url = try $0.serve { $0.waitForEnd() }
            let port = url.split(separator: ":").last ?? ""
            $0.settings["ACCORD_DATABASE_URL"] = "postgresql://u:hidden-secret@127.0.0.1:\(port)/accord"
        },
        DoctorFault("the organizations' database is not there", "database", "ACCORD_ORGS_DATABASE_URL") {
            $0.settings["ACCORD_ORGS_DATABASE_URL"] = $0.tenants.central.url + "x"
        },
        DoctorFault("the database was never migrated", "migrations", "accord migrate") {
            $0.settings["ACCORD_DATABASE_URL"] = try await TestDatabase.empty().url
        },
        DoctorFault("the central database is behind", "migrations", "accord migrate") {
            try await $0.administer(
                "DELETE FROM connect.schema_migrations WHERE name = '0003_row_level_security'", in: $0.tenants.central)
        },
        DoctorFault("the role lacks a privilege", "migrations", "accord migrate") {
            try await $0.administer("REVOKE SELECT ON subscription.users FROM accord_app", in: $0.tenants.central)
        },
        DoctorFault("a migration was edited", "migrations", "0001_tenants as it was applied") {
            try await $0.administer(
                "UPDATE connect.schema_migrations SET checksum = 'x' WHERE name = '0001_tenants'",
                in: $0.tenants.central)
        },
        DoctorFault("a newer program has migrated", "migrations", "Install a version of accord that has 0099_future.") {
            try await $0.administer(
                "INSERT INTO connect.schema_migrations (version, name, checksum) VALUES ('0099', '0099_future', 'x')",
                in: $0.tenants.central)
        },
        DoctorFault("the central tables were changed by hand", "migrations", "docs/schema.md") {
            try await $0.administer("ALTER TABLE public.tenants ADD COLUMN note text", in: $0.tenants.central)
        },
        DoctorFault(
            "the budget is larger than the server's", "connections", "Set ACCORD_DATABASE_CONNECTIONS to at most"
        ) {
            $0.settings["ACCORD_DATABASE_CONNECTIONS"] = "500"
        },
        DoctorFault("the role may have few connections", "connections", "Set ACCORD_DATABASE_CONNECTIONS to at most 3,")
        {
            $0.settings["ACCORD_DATABASE_URL"] = try await $0.role(
                ["ALTER USER ROLE CONNECTION LIMIT 3"], in: $0.tenants.central)
        },
        DoctorFault("the database's clock is wrong", "clock", "timedatectl") {
            try await $0.administer(
                "CREATE SCHEMA clocks",
                """
                CREATE FUNCTION clocks.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS
                    'SELECT pg_catalog.clock_timestamp() + interval ''2 minutes'''
                """,
                "GRANT USAGE ON SCHEMA clocks TO PUBLIC",
                "ALTER DATABASE \"\($0.tenants.central.name)\" SET search_path = clocks, pg_catalog, public",
                in: $0.tenants.central)
        },
    ]

    static let roles = [
        DoctorFault("the role is a superuser", "role", "NOSUPERUSER") {
            $0.settings["ACCORD_DATABASE_URL"] = try await $0.role(
                ["ALTER USER ROLE SUPERUSER"], in: $0.tenants.central)
        },
        DoctorFault("the role has BYPASSRLS", "role", "NOBYPASSRLS") {
            $0.settings["ACCORD_DATABASE_URL"] = try await $0.role(
                ["ALTER USER ROLE BYPASSRLS"], in: $0.tenants.central)
        },
        // The missing FORCE is a change by hand, too.
        DoctorFault("the role owns a table", "role", "FORCE ROW LEVEL SECURITY", also: ["migrations"]) {
            $0.settings["ACCORD_DATABASE_URL"] = try await $0.role(
                [
                    "ALTER TABLE subscription.users NO FORCE ROW LEVEL SECURITY",
                    "ALTER TABLE subscription.users OWNER TO ROLE",
                    "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON subscription.users FROM ROLE",
                ], in: $0.tenants.central)
        },
        DoctorFault(
            "the role may write what is not Accord's", "role",
            "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON public.tenants"
        ) {
            $0.settings["ACCORD_DATABASE_URL"] = try await $0.role(
                ["GRANT UPDATE ON public.tenants TO ROLE"], in: $0.tenants.central)
        },
        DoctorFault(
            "a tenant's role is a superuser", "tenants", "NOSUPERUSER; or name another role in tenants.database_url of"
        ) {
            let url = try await $0.role(["ALTER USER ROLE SUPERUSER"], in: $0.tenants.first.database)
            try await $0.move($0.tenants.first, to: url)
        },
        DoctorFault("a tenant's role may write other applications' tables", "tenants", "REVOKE INSERT, UPDATE") {
            let url = try await $0.role(
                ["CREATE SCHEMA pyuser", "CREATE TABLE pyuser.users (id int)", "GRANT INSERT ON pyuser.users TO ROLE"],
                in: $0.tenants.second.database)
            try await $0.move($0.tenants.second, to: url)
        },
        DoctorFault(
            "a tenant's role may change the audit log", "tenants",
            "REVOKE UPDATE, DELETE, TRUNCATE ON connect_pos.audit_entries"
        ) {
            let url = try await $0.role(
                ["GRANT DELETE ON connect_pos.audit_entries TO ROLE"], in: $0.tenants.second.database)
            try await $0.move($0.tenants.second, to: url)
        },
        DoctorFault("the tenants can't be listed", "migrations", "ACCORD_MIGRATION_DATABASE_URL", also: ["tenants"]) {
            try await $0.administer("REVOKE ALL ON public.tenants FROM accord_app", in: $0.tenants.central)
        },
    ]

    static let tenants = [
        DoctorFault("two tenants share a database", "tenants", "accord tenant deactivate") {
            try await $0.move($0.tenants.second, to: $0.tenants.first.database.url)
        },
        DoctorFault("a tenant's role lacks a privilege", "tenants", "accord migrate") {
            try await $0.administer(
                "REVOKE INSERT ON connect_pos.agreements FROM accord_app", in: $0.tenants.first.database)
        },
        DoctorFault("a tenant's database was never migrated", "tenants", "accord migrate") {
            try await $0.move($0.tenants.second, to: try await TestDatabase.empty().url)
        },
        DoctorFault("a tenant's database is behind", "tenants", "accord migrate") {
            try await $0.administer("DELETE FROM connect.schema_migrations", in: $0.tenants.first.database)
        },
        DoctorFault("a tenant's record is behind", "tenants", "accord migrate") {
            try await $0.administer(
                "UPDATE public.tenants SET schema_version = '0000' WHERE url = '\($0.tenants.first.customer.url)'",
                in: $0.tenants.central)
        },
        DoctorFault("a tenant's ledger can't be read", "tenants", "accord migrate") {
            try await $0.administer("REVOKE ALL ON SCHEMA connect FROM accord_app", in: $0.tenants.first.database)
        },
        DoctorFault("a tenant's migration was edited", "tenants", "0001_agreements as it was applied") {
            try await $0.administer(
                "UPDATE connect.schema_migrations SET checksum = 'x'", in: $0.tenants.first.database)
        },
        DoctorFault("a tenant's tables were changed by hand", "tenants", "docs/schema.md") {
            try await $0.administer(
                "ALTER TABLE connect_pos.agreements DROP COLUMN file_sha", in: $0.tenants.second.database)
        },
        DoctorFault("a tenant's database is not there", "tenants", "Correct the database in tenants.database_url of") {
            try await $0.move($0.tenants.first, to: $0.tenants.first.database.url + "x")
        },
        DoctorFault("a tenant's address is none", "tenants", "UPDATE public.tenants SET database_url") {
            try await $0.move($0.tenants.first, to: "hidden-secret")
        },
        DoctorFault("a tenant's server doesn't answer", "tenants", "Open the way to the server") {
            let port = try $0.serve { $0.waitForEnd() }.split(separator: ":").last ?? ""
            try await $0.move($0.tenants.first, to: "postgresql://u:hidden-secret@127.0.0.1:\(port)/t")
        },
    ]

    static let stores = [
        DoctorFault("the bucket is missing", "storage", "AWS_BUCKET_NAME") {
            $0.settings["AWS_BUCKET_NAME"] = "no-such-bucket"
        },
        DoctorFault("the access key is wrong", "storage", "AWS_ACCESS_KEY_ID") {
            $0.settings["AWS_ACCESS_KEY_ID"] = "nobody"
        },
        DoctorFault("the secret is wrong", "storage", "AWS_SECRET_ACCESS_KEY") {
            $0.settings["AWS_SECRET_ACCESS_KEY"] = "hidden-secret"
        },
        DoctorFault("nobody listens at the endpoint", "storage", "AWS_ENDPOINT_URL") {
            $0.settings["AWS_ENDPOINT_URL"] = "http://127.0.0.1:\(closedPort)"
        },
        DoctorFault("the store doesn't answer", "storage", "AWS_ENDPOINT_URL") {
            $0.settings["AWS_ENDPOINT_URL"] = try $0.serve { $0.waitForEnd() }
        },
        DoctorFault("the store refuses to store", "storage", "Allow s3:PutObject") {
            $0.settings["AWS_ENDPOINT_URL"] = try $0.serve(
                status: "403 Forbidden", body: "<Error><Code>AccessDenied</Code></Error>")
        },
        DoctorFault("nobody listens at the public address", "storage", "S3_PUBLIC_URL") {
            $0.settings["S3_PUBLIC_URL"] = "http://127.0.0.1:\(closedPort)"
        },
        DoctorFault("the public address is another server's", "storage", "S3_PUBLIC_URL") {
            $0.settings["S3_PUBLIC_URL"] = try $0.serve(body: "<html>Welcome</html>")
        },
        DoctorFault("the public address refuses the signature", "storage", "S3_PUBLIC_URL") {
            $0.settings["S3_PUBLIC_URL"] = try $0.serve(
                status: "403 Forbidden", body: "<Error><Code>SignatureDoesNotMatch</Code></Error>")
        },
        DoctorFault("strangers may read", "bucket", "--acl private") {
            $0.settings["AWS_ENDPOINT_URL"] = try $0.serve(body: "%PDF-1.4 accord doctor")
        },
        DoctorFault("strangers may list, at the public address", "bucket", "--acl private") {
            // A proxy that signs for everyone who asks for the bucket itself.
            $0.settings["S3_PUBLIC_URL"] = try $0.serve { channel in
                let path = channel.readHead()?.split(separator: " ").dropFirst().first ?? ""
                let body = path.hasSuffix("/") ? "<ListBucketResult/>" : ""
                channel.write(
                    path.hasSuffix("/")
                        ? "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
                        : path.contains("X-Amz-Signature")
                            ? "HTTP/1.1 200 OK\r\nContent-Length: 22\r\nConnection: close\r\n\r\n%PDF-1.4 accord doctor"
                            : "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            }
        },
        DoctorFault("the storage folder is missing", "storage", "ACCORD_STORAGE_DIRECTORY", storage: .directory) {
            $0.settings["ACCORD_STORAGE_DIRECTORY"] = "\($0.folder)/missing"
        },
        DoctorFault("the storage folder is a file", "storage", "ACCORD_STORAGE_DIRECTORY", storage: .directory) {
            $0.settings["ACCORD_STORAGE_DIRECTORY"] = "\($0.folder)/jwks.json"
        },
        DoctorFault("the storage folder is not writable", "storage", "chown", storage: .directory) {
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o500], ofItemAtPath: $0.settings["ACCORD_STORAGE_DIRECTORY"] ?? "")
            $0.wrapper = withoutCapability("dac_override")
        },
    ]

    static let identity = [
        DoctorFault("nobody listens at the address of the keys", "keys", "ACCORD_JWKS_URL") {
            $0.readKeys(at: "http://127.0.0.1:\(closedPort)/jwks")
        },
        DoctorFault("the server of the keys doesn't answer", "keys", "ACCORD_JWKS_URL") {
            $0.readKeys(at: try $0.serve { $0.waitForEnd() })
        },
        DoctorFault("the keys are no JSON", "keys", "ACCORD_JWKS_URL") {
            $0.readKeys(at: try $0.serve(body: "<html>Sign in</html>"))
        },
        DoctorFault("there are no keys at the address", "keys", "ACCORD_JWKS_URL") {
            $0.readKeys(at: try $0.serve(status: "404 Not Found", body: ""))
        },
        DoctorFault("no key can be used", "keys", "RS256 or ES256") {
            $0.readKeys(at: try $0.serve(body: #"{"keys":[{"kty":"oct","k":"c2VjcmV0","alg":"HS256"}]}"#))
        },
        DoctorFault("the file of the keys is missing", "keys", "ACCORD_JWKS_FILE") {
            $0.settings["ACCORD_JWKS_FILE"] = "\($0.folder)/missing.json"
        },
        DoctorFault("keys come without encryption", "keys", "https://") {
            $0.readKeys(at: "http://u:hidden-secret@keys.example/jwks")
            $0.settings["ACCORD_JWT_ISSUER"] = "https://id.keys.example"
        },
        DoctorFault("the issuer is elsewhere", "issuer", "ACCORD_JWT_ISSUER") {
            $0.readKeys(at: try $0.serve(body: try TestServer.jwks))
            $0.settings["ACCORD_JWT_ISSUER"] = "https://elsewhere.invalid"
        },
        DoctorFault("the issuer's name lacks a scheme", "issuer", "ACCORD_JWT_ISSUER") {
            $0.readKeys(at: try $0.serve(body: try TestServer.jwks))
            $0.settings["ACCORD_JWT_ISSUER"] = "api.workos.com"
        },
        DoctorFault(
            "the issuer calls itself something else", "issuer", "Set ACCORD_JWT_ISSUER to https://accord.localhost/"
        ) {
            let body = #"{"issuer":"https://accord.localhost/","jwks_uri":"https://accord.localhost/jwks"}"#
            $0.readKeys(at: try $0.serve(body: try TestServer.jwks))
            $0.settings["ACCORD_JWT_ISSUER"] = try $0.serve(body: body)
        },
        DoctorFault("the clock of the keys' server is wrong", "clock", "timedatectl") {
            $0.readKeys(
                at: try $0.serve(headers: "Date: Tue, 15 Nov 1994 08:12:31 GMT\r\n", body: try TestServer.jwks))
        },
    ]

    static let machine = [
        DoctorFault("another program has the port", "port", "Set ACCORD_PORT to a free port") {
            let url = try $0.serve(body: "Welcome")
            $0.settings["ACCORD_PORT"] = url.split(separator: ":").last.map(String.init)
        },
        DoctorFault("another program has the operators' port", "port", "Set ACCORD_OPERATIONS_PORT to a free port") {
            let url = try $0.serve(body: "Welcome")
            $0.settings["ACCORD_OPERATIONS_PORT"] = url.split(separator: ":").last.map(String.init)
        },
        DoctorFault("operators are to have the same port", "port", "Set ACCORD_OPERATIONS_PORT to another port.") {
            $0.settings["ACCORD_PORT"] = "28080"
            $0.settings["ACCORD_OPERATIONS_PORT"] = "28080"
        },
        DoctorFault("the address is another machine's", "port", "Set ACCORD_HOST") {
            $0.settings["ACCORD_HOST"] = "192.0.2.1"
        },
        DoctorFault("the host has no address", "port", "Correct ACCORD_HOST") {
            $0.settings["ACCORD_HOST"] = "nowhere.invalid"
        },
        DoctorFault("the port is privileged", "port", "Set ACCORD_PORT to 1024 or more.") {
            $0.settings["ACCORD_PORT"] = "81"
            $0.wrapper = withoutCapability("net_bind_service")
        },
        DoctorFault("the temporary folder is missing", "disk", "ACCORD_TEMPORARY_DIRECTORY") {
            $0.settings["ACCORD_TEMPORARY_DIRECTORY"] = "\($0.folder)/missing"
        },
        DoctorFault("the temporary folder is not writable", "disk", "ACCORD_TEMPORARY_DIRECTORY") {
            let folder = "\($0.folder)/locked"
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o500])
            $0.settings["ACCORD_TEMPORARY_DIRECTORY"] = folder
            $0.wrapper = withoutCapability("dac_override")
        },
        DoctorFault("the certificate expires tomorrow", "certificate", "ACCORD_TLS_CERTIFICATE") {
            let (certificate, key) = ("\($0.folder)/certificate.pem", "\($0.folder)/key.pem")
            _ = try await Program.run(
                "openssl",
                ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"]
                    + ["-subj", "/CN=127.0.0.1", "-keyout", key, "-out", certificate])
            $0.settings["ACCORD_TLS_CERTIFICATE"] = certificate
            $0.settings["ACCORD_TLS_KEY"] = key
        },
    ]

    static let fullDisks = [
        DoctorFault("the temporary folder has no room for the largest files", "disk", "ACCORD_TEMPORARY_DIRECTORY") {
            $0.settings["ACCORD_TEMPORARY_DIRECTORY"] = "/dev/shm"
            $0.wrapper = inSmallMemory
        },
        DoctorFault(
            "the storage folder has no room for the largest files", "disk", "ACCORD_STORAGE_DIRECTORY",
            storage: .directory
        ) {
            $0.settings["ACCORD_STORAGE_DIRECTORY"] = "/dev/shm"
            $0.wrapper = inSmallMemory
        },
    ]

    /// Runs a program where `/dev/shm` is a memory of 1 MiB.
    private static let inSmallMemory = [
        "/usr/bin/unshare", "-m", "/bin/sh", "-c", #"mount -t tmpfs -o size=1m none /dev/shm && exec "$@""#, "sh",
    ]

    static let all = settings + databases + roles + tenants + stores + identity + machine

    /// Root has to give up what other users don't have.
    private static func withoutCapability(_ name: String) -> [String] {
        geteuid() == 0 ? ["/usr/bin/setpriv", "--bounding-set", "-\(name)"] : []
    }
}
