import AccordCore
import Logging
import Metrics
import PrometheusMetrics
import ServiceLifecycle
import Synchronization

/// Writes into the audit logs what requests leave there, that of many requests together, within a second.
///
/// What a tenant's requests leave is written in one statement after the other, in their order. Who comes while there is no
/// room waits; a tenant whose database fails is tried again for a while.
final class AuditWriter: Service {
    private let log: any AuditLog
    private let timing: Timing
    private let metrics: AuditMetrics
    private let logger: Logger
    private let queue: Mutex<AuditQueue<CheckedContinuation<Void, Never>>>
    /// Tenants that have no log yet, and until when that is not looked at again.
    private let behind = Mutex<[TenantID: ContinuousClock.Instant]>([:])
    private let (wakeUps, waking) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    struct Timing: Sendable {
        /// How long events wait for a connection that has nothing else to do, and for further events, to be written
        /// together.
        var collecting = Duration.milliseconds(700)
        /// How long a database that fails is tried again, and how long when the server stops.
        var patience = Duration.seconds(60)
        var patienceAtEnd = Duration.seconds(5)
        /// How long a tenant without a log is not asked for it.
        var rest = Duration.seconds(60)
    }

    init(
        log: any AuditLog, timing: Timing = Timing(), maximumWeight: (ofTenant: Int, ofAll: Int) = (5_000, 20_000),
        metrics: AuditMetrics, logger: Logger
    ) {
        self.log = log
        self.timing = timing
        self.metrics = metrics
        self.logger = logger
        queue = Mutex(AuditQueue(maximumWeight: maximumWeight, batchSize: 200))
    }

    /// How many events wait to be written.
    var count: Int { queue.withLock { $0.count } }

    /// Leaves a request's events to be written. Waits while there is no room for them.
    func add(_ events: [AuditEvent], of tenant: Tenant) async {
        while true {
            switch queue.withLock({ $0.add(events, of: tenant) }) {
            case .added(let isNew):
                if isNew { waking.yield() }
                return
            case .full: await room()
            case .closed: return lose(events.count, of: tenant, because: .databaseUnavailable)
            }
        }
    }

    private func room() async {
        await withCheckedContinuation { continuation in
            if !queue.withLock({ $0.wait(continuation) }) { continuation.resume() }
        }
    }

    /// Writes until the server stops, and then what is left.
    func run() async {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for await _ in wakeUps { startWriting(in: &group) }
                close()
                startWriting(in: &group)
                // Nobody waits for more to be written together.
                group.cancelAll()
            }
        } onGracefulShutdown: {
            self.close()
        }
    }

    /// Takes no more, and ends when what is left is written, or can't be.
    func close() {
        waking.finish()
        for waiter in queue.withLock({ $0.close() }) { waiter.resume() }
    }

    private func startWriting(in group: inout DiscardingTaskGroup) {
        for tenant in queue.withLock({ $0.start() }) {
            group.addTask { await self.write(tenant) }
        }
    }

    /// Writes a tenant's events until there are none.
    private func write(_ tenant: Tenant) async {
        var failingSince: ContinuousClock.Instant?
        while !queue.withLock({ $0.finish(tenant) }) {
            let canWait = failingSince == nil && !Task.isCancelled && !isBehind(tenant)
            if canWait, !queue.withLock({ $0.hasFullBatch(of: tenant) }), await writeOnSpareConnection(tenant) {
                continue
            }
            let events = queue.withLock { $0.batch(of: tenant) }
            if let error = await append(events, of: tenant) {
                let start = failingSince ?? .now
                failingSince = start
                let isAtEnd = queue.withLock { $0.isClosed }
                if .now < start + (isAtEnd ? timing.patienceAtEnd : timing.patience) {
                    await pause(isAtEnd ? .milliseconds(200) : .seconds(1))
                    continue
                }
                lose(events.count, of: tenant, because: error)
            } else {
                failingSince = nil
            }
            remove(events.count, of: tenant)
        }
    }

    /// Writes a tenant's events when a connection to its database has nothing else to do, if that is so in time.
    ///
    /// In a task of its own, as `append(_:of:)`. When the server stops, only the wait ends.
    ///
    /// - Returns: Whether it was so, and they were written. What went wrong will do so again where it is looked at.
    private func writeOnSpareConnection(_ tenant: Tenant) async -> Bool {
        let hasBegun = Mutex(false)
        let task = Task { () -> Bool in
            var (batches, given) = (0, 0)
            do throws(AccordError) {
                try await log.append(of: tenant, within: timing.collecting) {
                    hasBegun.withLock { $0 = true }
                    if given > 0 {
                        metrics.written.increment(by: given)
                        remove(given, of: tenant)
                    }
                    // The second takes in what came while the first was written: when the connection has gone, that would
                    // need another.
                    let events = queue.withLock {
                        batches < 2 || $0.hasFullBatch(of: tenant) ? $0.batch(of: tenant) : []
                    }
                    (batches, given) = (batches + 1, events.count)
                    return events
                }
                return batches > 0
            } catch {
                return false
            }
        }
        return await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            hasBegun.withLock { if !$0 { task.cancel() } }
        }
    }

    private func remove(_ count: Int, of tenant: Tenant) {
        for waiter in queue.withLock({ $0.remove(count, of: tenant) }) { waiter.resume() }
    }

    /// Whether the tenant had no log when it was last looked at.
    private func isBehind(_ tenant: Tenant) -> Bool {
        behind.withLock { $0[tenant.id] }.map { .now < $0 } ?? false
    }

    /// Appends events, unless the tenant has no log.
    ///
    /// In a task of its own, since what is half done when the server stops would be done twice.
    ///
    /// - Returns: Why they could not be appended.
    private func append(_ events: [AuditEvent], of tenant: Tenant) async -> AccordError? {
        if isBehind(tenant) {
            metrics.skipped.increment(by: events.count)
            return nil
        }
        let failure = await Task { [log] () -> AccordError? in
            do throws(AccordError) {
                try await log.append(events, of: tenant)
                return nil
            } catch {
                return error
            }
        }.value
        guard failure == .databaseBehind else {
            if failure == nil { metrics.written.increment(by: events.count) }
            return failure
        }
        let isNew = behind.withLock { $0.updateValue(.now + timing.rest, forKey: tenant.id) == nil }
        if isNew {
            logger.warning(
                "A tenant has no audit log yet: run accord migrate", metadata: ["tenant": "\(tenant.url)"])
        }
        metrics.skipped.increment(by: events.count)
        return nil
    }

    /// Waits, also when the task is cancelled: the end has its own patience.
    private func pause(_ time: Duration) async {
        await Task { try? await Task.sleep(for: time) }.value
    }

    private func lose(_ count: Int, of tenant: Tenant, because error: AccordError) {
        metrics.lost.increment(by: count)
        logger.error(
            "Entries of the audit log could not be written",
            metadata: ["tenant": "\(tenant.url)", "entries": "\(count)", "error": "\(error)"])
    }
}

/// Counts what became of the events that requests leave to be written.
struct AuditMetrics: Sendable {
    let written: Counter
    let skipped: Counter
    let lost: Counter

    /// Makes the counters, at 0.
    init(in registry: PrometheusRegistry) {
        func counter(_ outcome: String) -> Counter {
            Counter(label: MetricNames.auditEntries, dimensions: [("outcome", outcome)], factory: registry)
        }
        (written, skipped, lost) = (counter("written"), counter("skipped"), counter("lost"))
    }
}
