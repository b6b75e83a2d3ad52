import GraphQL

/// The names of all settings, and who is mistaken for one.
enum SettingNames {
    /// As `docs/configuration.md` lists them (a test compares).
    static let all = [
        "ACCORD_AUDIT", "ACCORD_BODY_PAUSE_SECONDS", "ACCORD_BODY_SECONDS", "ACCORD_COMPRESSION",
        "ACCORD_CORS_ORIGINS", "ACCORD_DATABASE_CONNECTIONS", "ACCORD_DATABASE_CONNECTIONS_PER_SERVER",
        "ACCORD_DATABASE_POOLER",
        "ACCORD_CACHE_ENTRIES", "ACCORD_LISTEN_DATABASE_URL", "ACCORD_LISTEN_ORGS_DATABASE_URL", "ACCORD_DATABASE_URL",
        "ACCORD_ENV", "ACCORD_EXECUTION_SECONDS", "ACCORD_FILE_REUSE", "ACCORD_GRAPHQL_MAX_ALIASES",
        "ACCORD_GRAPHQL_MAX_BYTES", "ACCORD_GRAPHQL_MAX_COMPLEXITY", "ACCORD_GRAPHQL_MAX_DEPTH",
        "ACCORD_GRAPHQL_MAX_DIRECTIVES", "ACCORD_GRAPHQL_MAX_ERRORS", "ACCORD_GRAPHQL_MAX_FIELDS",
        "ACCORD_GRAPHQL_MAX_INTROSPECTION_DEPTH", "ACCORD_GRAPHQL_MAX_NESTING", "ACCORD_GRAPHQL_MAX_RESPONSE_BYTES",
        "ACCORD_GRAPHQL_MAX_RESPONSE_FIELDS", "ACCORD_GRAPHQL_MAX_ROOT_FIELDS", "ACCORD_GRAPHQL_MAX_TOKENS",
        "ACCORD_HOST", "ACCORD_IDLE_SECONDS", "ACCORD_INTROSPECTION", "ACCORD_JWKS_FILE", "ACCORD_JWKS_URL",
        "ACCORD_JWT_AUDIENCE", "ACCORD_JWT_ISSUER", "ACCORD_KEEP_VERSIONS", "ACCORD_LINK_SECONDS", "ACCORD_LOG_FORMAT",
        "ACCORD_LOG_LEVEL",
        "ACCORD_MAX_BATCH", "ACCORD_MAX_BODY_BYTES", "ACCORD_MAX_DOWNLOADS", "ACCORD_MAX_FILES",
        "ACCORD_MAX_FILE_BYTES", "ACCORD_MAX_REQUESTS_IN_FLIGHT", "ACCORD_MAX_JSON_DEPTH", "ACCORD_MAX_FIELD_BYTES",
        "ACCORD_MAX_PARTS", "ACCORD_MAX_VARIABLES_BYTES", "ACCORD_MIGRATION_DATABASE_URL",
        "ACCORD_MIGRATION_TENANTS_AT_A_TIME", "ACCORD_MIN_BODY_RATE", "ACCORD_OPERATIONS_HOST",
        "ACCORD_OPERATIONS_PORT", "ACCORD_ORGS_DATABASE_URL", "ACCORD_PERSISTED_QUERY_BYTES", "ACCORD_PLAN_CACHE_BYTES",
        "ACCORD_PLAYGROUND", "ACCORD_PORT", "ACCORD_PUBLIC_URL", "ACCORD_RECOVERY_SECONDS",
        "ACCORD_RECOVERY_WATCH_SECONDS", "ACCORD_SHUTDOWN_SECONDS", "ACCORD_S3_ENCRYPTION",
        "ACCORD_S3_ENCRYPTION_KEY", "ACCORD_S3_IF_NONE_MATCH", "ACCORD_S3_MULTIPART_BYTES", "ACCORD_STORAGE",
        "ACCORD_STORAGE_CONNECT_SECONDS", "ACCORD_STORAGE_DIRECTORY", "ACCORD_STORAGE_SECONDS", "ACCORD_STORAGE_SECRET",
        "ACCORD_STORAGE_STALL_SECONDS", "ACCORD_TEMPORARY_DIRECTORY", "ACCORD_TENANT_REQUESTS_PER_MINUTE",
        "ACCORD_TLS_CERTIFICATE", "ACCORD_TLS_KEY", "ACCORD_TRUSTED_DOCUMENTS", "ACCORD_TRUSTED_PROXIES",
        "ACCORD_UPLOAD_SECONDS", "ACCORD_USER_REQUESTS_PER_MINUTE", "AWS_ACCESS_KEY_ID", "AWS_BUCKET_NAME",
        "AWS_CREDENTIAL_EXPIRATION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_S3_ADDRESSING_STYLE",
        "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "S3_PUBLIC_URL",
    ]

    /// What builds and tests of Accord are told by.
    private static let ofDevelopment = [
        "ACCORD_BENCHMARKS", "ACCORD_FUZZ", "ACCORD_ORACLE_", "ACCORD_TEST_",
    ]

    /// A name that is no setting, and looks like one.
    struct Stranger: Hashable {
        let name: String
        /// The setting that is meant, probably; nil when none is near.
        let meant: String?
    }

    /// Those among `names` that are no settings, though their owner thinks so: whatever begins with `ACCORD_`, and what
    /// is at most two letters from a setting. Other programs have names of their own that begin with `AWS_`.
    static func strangers(among names: [String]) -> [Stranger] {
        let known = Set(all)
        return Set(names).subtracting(known).sorted().compactMap { name in
            let near = suggestionList(name, all, limit: 2).first
            guard !name.uppercased().hasPrefix("ACCORD_") else {
                guard !ofDevelopment.contains(where: name.hasPrefix) else { return nil }
                return Stranger(name: name, meant: near ?? suggestionList(name, all, limit: 4).first)
            }
            return near.map { Stranger(name: name, meant: $0) }
        }
    }
}
