import AccordAdapters
import AccordCore
import Logging
import Metrics
import PrometheusMetrics

/// Settles what crashes have left, at the start and then at intervals: every active tenant's, one at a time: a server that
/// doesn't answer must not take all the places in which connections are opened.
///
/// Several servers share the work, since one of them at a time looks at a tenant.
struct Recovery: Sendable {
    let tenants: PostgreSQLTenantDirectory
    let recovery: AgreementRecovery
    /// Nil is never.
    let interval: Duration?
    let metrics: RecoveryMetrics
    let logger: Logger

    /// Goes on until the task is cancelled.
    func run() async {
        guard let interval else { return }
        while !Task.isCancelled {
            await recoverAll()
            try? await Task.sleep(for: interval)
        }
    }

    private func recoverAll() async {
        let tenants: [Tenant]
        do throws(AccordError) {
            tenants = try await self.tenants.activeTenants()
        } catch {
            // The cause is in the log; the next time may be better.
            return
        }
        for tenant in tenants where !Task.isCancelled { await recover(tenant) }
    }

    /// A tenant that fails does not hold up the others.
    private func recover(_ tenant: Tenant) async {
        do throws(AccordError) {
            let report = try await recovery.recover(tenant)
            metrics.record(report)
            for key in report.lost {
                logger.critical(
                    "An agreement's file is not what it should be",
                    metadata: ["tenant": "\(tenant.url)", "key": "\(key)"])
            }
            guard report.forward + report.back + report.failures.count > 0 else { return }
            logger.notice(
                "Unfinished changes were settled",
                metadata: [
                    "tenant": "\(tenant.url)", "forward": "\(report.forward)", "back": "\(report.back)",
                    "failed": "\(report.failures.count)",
                ])
        } catch {
            metrics.recordFailure()
        }
    }
}

/// Counts what recovery does.
struct RecoveryMetrics: Sendable {
    enum Outcome: String, CaseIterable {
        /// Finished.
        case forward
        /// Undone.
        case back
        /// Looked at once more.
        case checked
        /// A file was not what it should be, and is nowhere else.
        case lost
        /// Left for the next time.
        case failed
    }

    private let counters: [Outcome: Counter]

    /// Makes a counter for each outcome.
    init(in registry: PrometheusRegistry) {
        counters = Dictionary(
            uniqueKeysWithValues: Outcome.allCases.map { outcome in
                (
                    outcome,
                    Counter(
                        label: MetricNames.recoveredChanges, dimensions: [("outcome", outcome.rawValue)],
                        factory: registry)
                )
            })
    }

    /// Takes note of a tenant's recovery.
    func record(_ report: AgreementRecovery.Report) {
        counters[.forward]?.increment(by: report.forward)
        counters[.back]?.increment(by: report.back)
        counters[.checked]?.increment(by: report.checked)
        counters[.lost]?.increment(by: report.lost.count)
        counters[.failed]?.increment(by: report.failures.count)
    }

    /// Takes note of a tenant whose database failed.
    func recordFailure() { counters[.failed]?.increment() }
}
