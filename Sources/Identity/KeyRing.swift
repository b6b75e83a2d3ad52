import FoundationEssentials
import Synchronization

/// The issuer's keys as they are now: read from their source once, and again when a token names a key that is not
/// among them, but not more often than ``minimumInterval``.
///
/// An actor, since it owns something whose reading suspends; the set in use lies in a mutex beside it, so that a token
/// with a known key waits for nobody.
actor KeyRing {
    private let source: JWKSSource
    private let minimumInterval: TimeInterval
    private let tokenCapacity: Int
    private let now: @Sendable () -> Date
    private let inUse = Mutex<KeySet?>(nil)
    private var reading: Task<Result<KeySet, IdentityError>, Never>?
    private var lastAttempt: Date?
    private var lastFailure: IdentityError?

    /// Reads nothing yet.
    ///
    /// - Parameters:
    ///   - source: where the keys are.
    ///   - minimumInterval: how long after one reading, successful or not, an unknown key starts no other one.
    ///   - tokenCapacity: how many verified tokens a key set remembers.
    ///   - now: the clock.
    init(source: JWKSSource, minimumInterval: Duration, tokenCapacity: Int, now: @escaping @Sendable () -> Date) {
        self.source = source
        self.minimumInterval = minimumInterval / .seconds(1)
        self.tokenCapacity = tokenCapacity
        self.now = now
    }

    /// The keys in use; nil before the first successful reading.
    nonisolated var current: KeySet? {
        inUse.withLock { $0 }
    }

    /// The keys to verify a token with, read again when the token names one that is not among them and the last reading
    /// is long enough ago.
    ///
    /// - Throws: ``IdentityError/keysUnavailable(_:)`` when the key is not known and the last reading failed.
    nonisolated func keySet(for token: CompactToken) async throws(IdentityError) -> KeySet {
        if let keySet = current, token.keyID.map(keySet.contains(keyID:)) ?? true {
            return keySet
        }
        return try await readIfDue()
    }

    /// Reads the keys, or waits for a reading under way. When it fails, the keys in use stay.
    ///
    /// The caller's cancellation does not end the reading, which others may be waiting for.
    func read() async throws(IdentityError) -> KeySet {
        if let reading {
            return try await reading.value.get()
        }
        lastAttempt = now()
        // A task of its own, since the reading belongs to all who wait for it and not to the request that came first.
        let task = Task { await finishReading() }
        reading = task
        return try await task.value.get()
    }

    private func readIfDue() async throws(IdentityError) -> KeySet {
        // A clock that was set back must not put the next reading off, so a negative time counts as due.
        if reading == nil, let lastAttempt, (0..<minimumInterval).contains(now().timeIntervalSince(lastAttempt)) {
            if let lastFailure {
                throw lastFailure
            }
            if let current {
                return current
            }
        }
        return try await read()
    }

    private func finishReading() async -> Result<KeySet, IdentityError> {
        let result: Result<KeySet, IdentityError>
        do throws(IdentityError) {
            let keySet = try await readSource()
            inUse.withLock { $0 = keySet }
            lastFailure = nil
            result = .success(keySet)
        } catch {
            lastFailure = error
            result = .failure(error)
        }
        reading = nil
        return result
    }

    /// The key set in use, tokens and all, when its source says the same as before.
    private func readSource() async throws(IdentityError) -> KeySet {
        let document = try await source.read()
        if let current, current.document == document {
            return current
        }
        return try await KeySet(document: document, capacity: tokenCapacity)
    }
}
