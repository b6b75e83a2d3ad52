import Logging
package import PostgreSQL
import Synchronization

/// Hears of the changes of tables in a database, and tells who follows them.
///
/// One connection that listens (`LISTEN`). While there is none, nothing is confirmed, and whoever follows is told so.
/// That the connection still hears is found out several times a second, by a statement that also looks whether the
/// triggers are there: a server that is gone without a word is noticed in less than a second.
///
/// Where the triggers are missing, since the database isn't migrated yet, nothing is told and all is forgotten again in less
/// than a second instead.
package struct ChangeListener: Sendable {
    private let pool: PostgreSQLPool
    private let address: PostgreSQLEndpoint
    private let followers: [any ChangeFollower]
    private let logger: Logger
    /// Notifies where look-ups are made.
    private let notify: @Sendable (_ channel: String, _ payload: String) async throws -> Void

    /// For how long an answer is trusted, from the moment that the question was asked.
    private static let confirmation = Duration.milliseconds(900)
    /// The pause between two questions.
    private static let interval = Duration.milliseconds(250)
    /// How long an answer may take before the connection counts as lost.
    private static let patience = Duration.seconds(2)
    /// How long to wait before another attempt: at first, and at most.
    private static let waits = (first: Duration.milliseconds(100), longest: Duration.seconds(5))
    private static let proofs = "accord_proofs"

    /// Makes a listener; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - database: where look-ups are made.
    ///   - address: where that database is reached for listening, if not there: at the server itself.
    ///   - followers: who follows tables there; one for each table.
    package init<Contents>(
        _ database: Database<Contents>, address: PostgreSQLEndpoint? = nil, followers: [any ChangeFollower]
    ) {
        pool = database.pool
        self.address = address ?? database.endpoint
        self.followers = followers
        logger = database.logger
        notify = { channel, payload in
            try await database.pool.withConnection(to: database.endpoint) { connection in
                _ = try await connection.query("SELECT pg_notify($1, $2)", [.text(channel), .text(payload)])
            }
        }
    }

    /// Listens until the task is cancelled. Where that fails, it is tried again and again, after 5 seconds at most.
    package func run() async {
        var wait = Self.waits.first
        var lastCause: String?
        while !Task.isCancelled {
            do {
                try await listen {
                    wait = Self.waits.first
                    lastCause = nil
                    logger.info("Changes are listened for", metadata: ["database": "\(address)"])
                }
            } catch {
                for follower in followers { follower.stop() }
                let cause = "\(error)"
                if !Task.isCancelled, cause != lastCause {
                    logger.warning(
                        "Changes can't be listened for, so tenants and users are looked up again and again",
                        metadata: ["database": "\(address)", "cause": "\(cause)"])
                }
                lastCause = cause
                if case Failure.noTriggers = error { await forgetAgainAndAgain(for: Self.waits.longest) }
            }
            // Not all servers at once.
            try? await Task.sleep(for: wait * Double.random(in: 0.5...1))
            wait = min(wait * 2, Self.waits.longest)
        }
    }

    /// Lets what is looked up be kept, but not for long.
    private func forgetAgainAndAgain(for time: Duration) async {
        let end = ContinuousClock.now + time
        while ContinuousClock.now < end, !Task.isCancelled {
            for follower in followers {
                follower.stop()
                follower.confirm(until: .now + Self.confirmation)
            }
            try? await Task.sleep(for: Self.confirmation)
        }
        for follower in followers { follower.stop() }
    }

    /// Listens until the connection is lost.
    private func listen(_ onSuccess: () -> Void) async throws {
        let proof = Proof()
        let followers = followers
        try await pool.withListening(
            to: followers.map(\.table.channel) + [Self.proofs], of: address, answerTimeout: Self.patience,
            onNotification: { notification in
                if notification.channel == Self.proofs { proof.see(notification.payload) }
                for follower in followers where follower.table.channel == notification.channel {
                    follower.changed(row: notification.payload)
                }
            },
            { connection in
                // Heard here, though said there: it is the same database, and the notification found its way.
                try await notify(Self.proofs, proof.text)
                var isConfirmed = false
                while true {
                    let start = ContinuousClock.now
                    guard try await hasTriggers(connection) else { throw Failure.noTriggers }
                    guard proof.isSeen else { throw Failure.notHeard }
                    for follower in followers { follower.confirm(until: start + Self.confirmation) }
                    if !isConfirmed { onSuccess() }
                    isConfirmed = true
                    try await Task.sleep(for: Self.interval)
                }
            })
    }

    /// Whether the tables have the triggers that notify, whatever fires them.
    private func hasTriggers(_ connection: PostgreSQLConnection) async throws -> Bool {
        let names = followers.map { "to_regclass(\(SQLText.text($0.table.rawValue)))" }.joined(separator: ", ")
        let rows = try await connection.query(
            PreparedStatement(
                """
                SELECT count(*)::integer FROM pg_trigger WHERE tgrelid IN (\(names)) AND tgenabled = 'A'
                    AND tgname IN ('accord_updated', 'accord_deleted', 'accord_truncated')
                """))
        return try rows.first?.decode(Int.self, 0) == 3 * followers.count
    }

    /// A notification that nobody else sends.
    private final class Proof: Sendable {
        let text = RandomSecret.make()
        private let seen = Mutex(false)

        var isSeen: Bool { seen.withLock { $0 } }

        func see(_ text: String) {
            if text == self.text { seen.withLock { $0 = true } }
        }
    }

    private enum Failure: Error, CustomStringConvertible {
        case noTriggers, notHeard

        var description: String {
            switch self {
            case .noTriggers: "a table lacks its triggers, or they are disabled; run accord migrate"
            case .notHeard: "what is notified in the database isn't heard there: it is another database, or a pooler's"
            }
        }
    }
}
