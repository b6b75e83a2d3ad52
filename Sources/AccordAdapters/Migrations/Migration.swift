import Crypto

/// One step of a database's schema: a plain SQL file under `migrations`, embedded in the executable.
struct Migration: Sendable {
    /// Which databases a migration is for.
    enum Scope: Sendable {
        /// The central database.
        case central
        /// The database of the schema `subscription`: the central one, unless it is given a database of its own.
        case organizations
        /// The database of each tenant.
        case tenant
    }

    let scope: Scope
    /// The file's name without its extension: `0001_agreements`.
    let name: String
    /// The file's text.
    let sql: String

    /// The number that the name begins with, as text: `0001`. Versions are compared as text.
    var version: String { String(name.prefix { $0 != "_" }) }

    /// The SHA-256 of the file, in lower-case hexadecimal: a migration that was applied must never change.
    var checksum: String {
        let digits = Array("0123456789abcdef")
        return String(SHA256.hash(data: Array(sql.utf8)).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    init(scope: Scope, name: String, sql: String) {
        self.scope = scope
        self.name = name
        self.sql = sql
    }

    private init(_ scope: Scope, _ name: String, _ file: [UInt8]) {
        self.init(scope: scope, name: name, sql: String(decoding: file, as: UTF8.self))
    }

    /// Every migration, in the order in which they are applied. A new file gets its line here (a test compares).
    static let all = [
        Migration(.central, "0001_tenants", PackageResources._001_tenants_sql),
        Migration(.organizations, "0002_subscription", PackageResources._002_subscription_sql),
        Migration(.organizations, "0003_row_level_security", PackageResources._003_row_level_security_sql),
        Migration(.central, "0004_tenant_notifications", PackageResources._004_tenant_notifications_sql),
        Migration(.organizations, "0005_user_notifications", PackageResources._005_user_notifications_sql),
        Migration(.tenant, "0001_agreements", PackageResources._001_agreements_sql),
        Migration(.tenant, "0002_agreement_intents", PackageResources._002_agreement_intents_sql),
        Migration(.tenant, "0003_agreement_versions", PackageResources._003_agreement_versions_sql),
        Migration(.tenant, "0004_audit_log", PackageResources._004_audit_log_sql),
    ]
}
