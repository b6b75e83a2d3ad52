import Synchronization

/// Prepared operations by document text and operation name, within a number of bytes.
///
/// A hit costs a hash of the text, made before the lock is taken, and a comparison: nothing is parsed, validated or
/// planned. Documents that are asked for once can't push out those that are asked for often: when room is needed, a
/// newcomer is admitted only if it was asked for more often lately than what it would replace.
package final class PlanCache: Sendable {
    private let state: Mutex<PlanCacheState<PreparedOperation>>
    /// Of this cache alone, so that nobody can tell which documents share a place.
    private let seed: DocumentHash.Seed

    /// Makes an empty cache.
    ///
    /// - Parameter maximumBytes: how much memory the documents and plans may take, about.
    package convenience init(maximumBytes: Int) {
        self.init(maximumBytes: maximumBytes, seed: .random())
    }

    init(maximumBytes: Int, seed: DocumentHash.Seed) {
        state = Mutex(PlanCacheState(maximumBytes: maximumBytes))
        self.seed = seed
    }

    /// What has happened since the cache was made, and what it holds.
    package struct Statistics: Hashable, Sendable {
        package var hits = 0
        package var misses = 0
        package var admissions = 0
        package var rejections = 0
        package var evictions = 0
        /// How many operations it holds.
        package var count = 0
        /// How much memory they take, about.
        package var bytes = 0
    }

    package var statistics: Statistics { state.withLock { $0.statistics } }

    /// The operation of a document, prepared now if it isn't known. Errors are not kept.
    ///
    /// Requests that miss the same document at once each prepare it; all go on with the one that was ready first.
    func operation(
        of text: String, named name: String?, prepare: () -> Result<PreparedOperation, RequestErrors>
    ) -> Result<PreparedOperation, RequestErrors> {
        let key = DocumentKey(text: text, operationName: name, seed: seed)
        if let known = state.withLock({ $0.find(key) }) { return .success(known) }
        // Not under the lock: others go on, and may prepare the same document.
        return prepare().map { operation in
            let bytes = operation.estimatedBytes
            // What is given up is freed when the lock is not held any more.
            return state.withLock { $0.insert(operation, bytes: bytes, for: key) }.operation
        }
    }
}

/// A document's text and the name of the operation that is to be executed, compared byte by byte.
struct DocumentKey: Hashable, Sendable {
    let text: String
    let operationName: String?
    /// Of all bytes, made once.
    let hash: Int

    init(text: String, operationName: String?, hash: Int) {
        self.text = text
        self.operationName = operationName
        self.hash = hash
    }

    init(text: String, operationName: String?, seed: DocumentHash.Seed) {
        var hash = DocumentHash.hash(text, seed)
        if let operationName {
            hash = DocumentHash.hash(operationName, DocumentHash.Seed(low: seed.low ^ hash, high: seed.high))
        }
        self.init(text: text, operationName: operationName, hash: Int(truncatingIfNeeded: hash))
    }

    static func == (left: DocumentKey, right: DocumentKey) -> Bool {
        // Strings that are equal to Swift may differ in their bytes, and then in what they ask for.
        left.hash == right.hash && left.text.hasSpelling(of: right.text)
            && (left.operationName == nil) == (right.operationName == nil)
            && (left.operationName ?? "").hasSpelling(of: right.operationName ?? "")
    }

    func hash(into hasher: inout Hasher) { hasher.combine(hash) }

    var bytes: Int { text.utf8.count + (operationName?.utf8.count ?? 0) }
}
