import PrometheusMetrics

/// The names of the server's metrics, each with what it means. `docs/operations.md` has them all (a test compares).
enum MetricNames {
    static let httpRequests = "accord_http_requests_total"
    static let operations = "accord_graphql_operations_total"
    static let operationSeconds = "accord_graphql_operation_seconds"
    static let errors = "accord_graphql_errors_total"
    static let requestsInFlight = "accord_graphql_requests_in_flight"
    static let planCacheHits = "accord_plan_cache_hits_total"
    static let planCacheMisses = "accord_plan_cache_misses_total"
    static let planCacheBytes = "accord_plan_cache_bytes"
    static let planCacheOperations = "accord_plan_cache_operations"
    static let lookUpHits = "accord_look_up_cache_hits_total"
    static let lookUpMisses = "accord_look_up_cache_misses_total"
    static let lookUpEntries = "accord_look_up_cache_entries"
    static let lookUpUsable = "accord_look_up_cache_usable"
    static let databaseConnections = "accord_postgresql_connections"
    static let databaseConnectionsMaximum = "accord_postgresql_connections_maximum"
    static let databaseConnectionsOpened = "accord_postgresql_connections_opened_total"
    static let databaseWaiting = "accord_postgresql_waiting"
    static let databaseWaits = "accord_postgresql_waits_total"
    static let databaseWaitsInVain = "accord_postgresql_waits_in_vain_total"
    static let databaseWaitSeconds = "accord_postgresql_wait_seconds_total"
    static let storageCallSeconds = "accord_storage_call_seconds"
    static let storageCircuitOpen = "accord_storage_circuit_open"
    static let storageCircuitOpenings = "accord_storage_circuit_openings_total"
    static let storageCallsRefused = "accord_storage_calls_refused_total"
    static let storageRetries = "accord_storage_retries_total"
    static let downloads = "accord_downloads_in_flight"
    static let recoveredChanges = "accord_recovered_changes_total"
    static let auditEntries = "accord_audit_entries_total"
    static let auditWaiting = "accord_audit_entries_waiting"
    static let uploadedFiles = "accord_uploaded_files_total"
    static let uploadedBytes = "accord_uploaded_bytes_total"
    static let tokensRefused = "accord_tokens_refused_total"
    static let rateLimited = "accord_rate_limited_total"
    static let logLinesLost = "accord_log_lines_lost_total"
    static let seriesRefused = "accord_metric_series_refused_total"

    static let all = [
        MetricDescription(httpRequests, "HTTP requests answered, by route and status."),
        MetricDescription(operations, "GraphQL operations answered, by operation name, type and outcome."),
        MetricDescription(operationSeconds, "How long GraphQL operations took, by operation name."),
        MetricDescription(errors, "Errors that clients were told, by code."),
        MetricDescription(requestsInFlight, "GraphQL requests that are being answered."),
        MetricDescription(planCacheHits, "Operations whose plan was known."),
        MetricDescription(planCacheMisses, "Operations that had to be parsed, validated and planned."),
        MetricDescription(planCacheBytes, "Memory that known plans take, about."),
        MetricDescription(planCacheOperations, "Operations whose plans are known."),
        MetricDescription(lookUpHits, "Tenants and users that were found in memory."),
        MetricDescription(lookUpMisses, "Tenants and users that were looked up in a database."),
        MetricDescription(lookUpEntries, "Tenants and users that are kept in memory."),
        MetricDescription(lookUpUsable, "Whether tenants and users are found in memory: 1 while changes are heard of."),
        MetricDescription(databaseConnections, "Connections to PostgreSQL, by state."),
        MetricDescription(databaseConnectionsMaximum, "Connections to PostgreSQL that there may be."),
        MetricDescription(databaseConnectionsOpened, "Connections to PostgreSQL that were opened."),
        MetricDescription(databaseWaiting, "Tasks that wait for a connection to PostgreSQL."),
        MetricDescription(databaseWaits, "Waits for a connection to PostgreSQL that have ended."),
        MetricDescription(databaseWaitsInVain, "Waits for a connection to PostgreSQL that were given up."),
        MetricDescription(databaseWaitSeconds, "How long tasks have waited for connections to PostgreSQL."),
        MetricDescription(storageCallSeconds, "How long calls to the file storage took, by call and outcome."),
        MetricDescription(
            storageCircuitOpen, "Whether calls to the bucket are refused, since it can't be reached: 1 while they are."),
        MetricDescription(storageCircuitOpenings, "How often calls to the bucket began to be refused."),
        MetricDescription(storageCallsRefused, "Calls to the bucket that were refused without asking it."),
        MetricDescription(storageRetries, "Calls to the bucket that were attempted once more."),
        MetricDescription(downloads, "Files of agreements that are on their way to clients who are signed in."),
        MetricDescription(recoveredChanges, "Changes of agreements that recovery looked at, by outcome."),
        MetricDescription(auditEntries, "Entries that requests left for audit logs, by outcome."),
        MetricDescription(auditWaiting, "Entries for audit logs that wait to be written."),
        MetricDescription(uploadedFiles, "Files of multipart requests, by outcome."),
        MetricDescription(uploadedBytes, "Bytes of files that have arrived whole."),
        MetricDescription(tokensRefused, "Access tokens refused, by reason."),
        MetricDescription(rateLimited, "Requests refused because there were too many, by whose limit."),
        MetricDescription(logLinesLost, "Lines of the log that nobody took in time."),
        MetricDescription(seriesRefused, "Metric series that were not made, since there were too many."),
        MetricDescription(ProcessMetrics.residentBytes, "Memory that the process has in use."),
        MetricDescription(ProcessMetrics.processorSeconds, "Processor time that the process has used."),
        MetricDescription(ProcessMetrics.startSeconds, "When the process began, in seconds since 1970."),
        MetricDescription(ProcessMetrics.openFiles, "File descriptors that are open."),
        MetricDescription(ProcessMetrics.maximumFiles, "File descriptors that there may be."),
    ]
}
