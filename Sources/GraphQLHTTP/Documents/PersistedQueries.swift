import Synchronization

/// The documents that clients have sent with their hashes, so that they may send the hash alone from then on.
///
/// Apollo: Automatic Persisted Queries. Bounded in bytes: there are two generations of at most half of them each. When
/// the younger is full it becomes the older, and the older is forgotten but for what is asked for again.
package final class PersistedQueries: Sendable {
    private struct State {
        var young: [String: String] = [:]
        var old: [String: String] = [:]
        var youngBytes = 0
    }

    /// What an entry takes besides the bytes of its text: its hash, two strings and their places in a table.
    static let entryBytes = 256

    private let generationBytes: Int
    private let state = Mutex(State())

    /// Makes an empty cache of `maximumBytes`. A document that takes more than half of them is not kept.
    package init(maximumBytes: Int) {
        generationBytes = maximumBytes / 2
    }

    /// The document with this SHA-256, in lower-case hexadecimal digits.
    func document(_ hash: String) -> String? {
        state.withLock { state in
            if let text = state.young[hash] { return text }
            guard let text = state.old[hash] else { return nil }
            add(text, hash, to: &state)
            return text
        }
    }

    /// Keeps a document under its SHA-256.
    func keep(_ text: String, as hash: String) {
        state.withLock { state in
            if state.young[hash] == nil { add(text, hash, to: &state) }
        }
    }

    /// How many bytes the entries take, for tests.
    var bytes: Int {
        state.withLock { state in
            (Array(state.young.values) + state.old.values).reduce(0) { $0 + Self.entryBytes + $1.utf8.count }
        }
    }

    private func add(_ text: String, _ hash: String, to state: inout State) {
        let bytes = Self.entryBytes + text.utf8.count
        guard bytes <= generationBytes else { return }
        if state.youngBytes + bytes > generationBytes {
            state.old = state.young
            state.young = [:]
            state.youngBytes = 0
        }
        state.old[hash] = nil
        state.young[hash] = text
        state.youngBytes += bytes
    }
}
