import AccordAdapters
import AccordCore
import ServiceLifecycle

/// Looks at the database's role, where that could not be done at the start, until it has been done once.
struct RoleWatch: Service {
    let check: RoleCheck
    let health: HealthChecks

    private static let interval = Duration.seconds(1)

    /// Looks again and again, then waits for the server's end.
    ///
    /// - Throws: `ConfigurationErrors` for a role that the server must not have, which ends the server.
    func run() async throws {
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled, try await !isDone() { try? await Task.sleep(for: Self.interval) }
        }
        try? await gracefulShutdown()
    }

    private func isDone() async throws -> Bool {
        let problems: [String]
        do throws(AccordError) {
            problems = try await check.findProblems()
        } catch {
            // The cause is in the log.
            return false
        }
        guard problems.isEmpty else { throw ConfigurationErrors(problems: problems) }
        await health.setRoleIsKnown(true)
        return true
    }
}
