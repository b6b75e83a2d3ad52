import AccordAPI
import AccordAdapters
import Metrics
import GraphQL
import GraphQLHTTP
import HTTPTypes
import PostgreSQL
import PrometheusMetrics
import S3
import Synchronization

/// What the server counts and times. What can be asked for when the metrics are read costs nothing before that.
struct ServerMetrics: Sendable {
    let registry: PrometheusRegistry
    let requests: RequestMetrics
    let operations: OperationMetrics
    let errors: CounterSet<String>
    let files: CounterSet<FileOutcome>
    let fileBytes: Counter
    let storage: StorageMetrics
    let recovery: RecoveryMetrics
    let audit: AuditMetrics
    let tokensRefused: CounterSet<TokenRefusal>
    let rateLimited: CounterSet<RateLimits.Limit>

    /// Makes every metric whose labels are known, at 0.
    init() {
        registry = PrometheusRegistry(MetricNames.all)
        requests = RequestMetrics(in: registry)
        operations = OperationMetrics(in: registry)
        let codes = ErrorCode.allCases.map(\.rawValue) + HTTPErrorCode.allCases.map(\.rawValue)
        errors = CounterSet(
            MetricNames.errors, "code", Dictionary(codes.map { ($0, $0) }) { first, _ in first }, in: registry)
        files = CounterSet(MetricNames.uploadedFiles, "outcome", in: registry)
        fileBytes = Counter(label: MetricNames.uploadedBytes, factory: registry)
        storage = StorageMetrics(in: registry)
        recovery = RecoveryMetrics(in: registry)
        audit = AuditMetrics(in: registry)
        tokensRefused = CounterSet(MetricNames.tokensRefused, "reason", in: registry)
        rateLimited = CounterSet(MetricNames.rateLimited, "limit", in: registry)
        registry.observe(MetricNames.seriesRefused, .counter) { [unowned registry] in
            Double(registry.refusedSeries)
        }
        registry.observe(MetricNames.logLinesLost, .counter) { Double(LogOutput.standardError.lostLines) }
        ProcessMetrics.observe(in: registry)
    }

    /// How the arrival of a file ended.
    enum FileOutcome: String, CaseIterable {
        case received, interrupted, malformed, missing
        case tooLarge = "too_large"
        case tooSlow = "too_slow"
        /// The server could not keep it.
        case failed
    }

    /// Counts a file that has arrived, or will not.
    func count(_ file: Result<Int, UploadError>) {
        switch file {
        case .success(let bytes):
            files.count(.received)
            fileBytes.increment(by: bytes)
        case .failure(.tooLarge): files.count(.tooLarge)
        case .failure(.interrupted): files.count(.interrupted)
        case .failure(.tooSlow): files.count(.tooSlow)
        case .failure(.malformed): files.count(.malformed)
        case .failure(.missing): files.count(.missing)
        case .failure(.notKept): files.count(.failed)
        }
    }

    /// Adds what a pool knows of itself.
    func observe(_ pool: PostgreSQLPool) {
        func add(
            _ name: String, _ kind: PrometheusRegistry.ObservedKind, state: String? = nil,
            _ value: @escaping @Sendable (PoolStatistics) -> Double
        ) {
            let labels = state.map { [("state", $0)] } ?? []
            registry.observe(name, kind, labels: labels) { value(pool.statistics) }
        }
        add(MetricNames.databaseConnections, .gauge, state: "lent") { Double($0.lent) }
        add(MetricNames.databaseConnections, .gauge, state: "idle") { Double($0.idle) }
        add(MetricNames.databaseConnectionsMaximum, .gauge) { Double($0.maximum) }
        add(MetricNames.databaseConnectionsOpened, .counter) { Double($0.opened) }
        add(MetricNames.databaseWaiting, .gauge) { Double($0.waiting) }
        add(MetricNames.databaseWaits, .counter) { Double($0.waits.count) }
        add(MetricNames.databaseWaitsInVain, .counter) { Double($0.waits.inVain) }
        add(MetricNames.databaseWaitSeconds, .counter) { $0.waits.time / .seconds(1) }
    }

    /// Adds what the cache of plans knows of itself.
    func observe(_ cache: PlanCache) {
        registry.observe(MetricNames.planCacheHits, .counter) { Double(cache.statistics.hits) }
        registry.observe(MetricNames.planCacheMisses, .counter) { Double(cache.statistics.misses) }
        registry.observe(MetricNames.planCacheBytes, .gauge) { Double(cache.statistics.bytes) }
        registry.observe(MetricNames.planCacheOperations, .gauge) { Double(cache.statistics.count) }
    }

    /// Adds what the caches of tenants and users know of themselves.
    func observe(_ lookUps: LookUps) {
        func add<Key, Value>(_ name: String, _ cache: LookUpCache<Key, Value>) {
            let labels = [("cache", name)]
            registry.observe(MetricNames.lookUpHits, .counter, labels: labels) { Double(cache.statistics.hits) }
            registry.observe(MetricNames.lookUpMisses, .counter, labels: labels) { Double(cache.statistics.misses) }
            registry.observe(MetricNames.lookUpEntries, .gauge, labels: labels) { Double(cache.statistics.count) }
            registry.observe(MetricNames.lookUpUsable, .gauge, labels: labels) { cache.statistics.isUsable ? 1 : 0 }
        }
        add("tenants", lookUps.tenants)
        add("users", lookUps.users)
    }

    /// Adds what is known of the bucket; nil for a directory, of which there is nothing to tell.
    func observe(_ store: StoreState?) {
        func add(
            _ name: String, _ kind: PrometheusRegistry.ObservedKind,
            _ value: @escaping @Sendable (StoreState.Statistics) -> Double
        ) {
            registry.observe(name, kind) { store.map { value($0.statistics) } ?? 0 }
        }
        add(MetricNames.storageCircuitOpen, .gauge) { $0.isCircuitOpen ? 1 : 0 }
        add(MetricNames.storageCircuitOpenings, .counter) { Double($0.openings) }
        add(MetricNames.storageCallsRefused, .counter) { Double($0.refusedCalls) }
        add(MetricNames.storageRetries, .counter) { Double($0.retries) }
    }

    /// Adds how much waits to be written into audit logs.
    func observe(_ writer: AuditWriter) {
        registry.observe(MetricNames.auditWaiting, .gauge) { Double(writer.count) }
    }

    /// Adds how many files are on their way.
    func observe(downloads: RequestsInFlight) {
        registry.observe(MetricNames.downloads, .gauge) { Double(downloads.current) }
    }

    /// Adds how many GraphQL requests are being answered.
    func observe(_ handler: GraphQLHTTPHandler<APIContext>) {
        registry.observe(MetricNames.requestsInFlight, .gauge) { Double(handler.requestsInFlight) }
    }
}
