import Synchronization

/// Prepared operations by document text and operation name, within a number of bytes.
///
/// A hit costs a hash of the text, made before the lock is taken, and a comparison: nothing is parsed, validated or
/// planned. Documents that are asked
/// for once can't push out those that are asked for often: when room is needed, a newcomer is admitted only if it was
/// asked for more often lately than what it would replace.
package final class PlanCache: Sendable {
    private let state: Mutex<PlanCacheState<PreparedOperation>>

    /// Makes an empty cache.
    ///
    /// - Parameter maximumBytes: how much memory the documents and plans may take, about.
    package init(maximumBytes: Int) {
        state = Mutex(PlanCacheState(maximumBytes: maximumBytes))
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
    func operation(
        of text: String, named name: String?, prepare: () -> Result<PreparedOperation, RequestErrors>
    ) -> Result<PreparedOperation, RequestErrors> {
        let key = DocumentKey(text: text, operationName: name)
        if let known = state.withLock({ $0.find(key) }) { return .success(known) }
        // Not under the lock: others go on, and may prepare the same document.
        let result = prepare()
        if case .success(let operation) = result {
            // What is given up is freed when the lock is not held any more.
            _ = state.withLock { $0.insert(operation, bytes: operation.estimatedBytes, for: key) }
        }
        return result
    }
}

/// A document's text and the name of the operation that is to be executed, compared byte by byte.
struct DocumentKey: Hashable, Sendable {
    let text: String
    let operationName: String?
    /// Of all bytes, made once.
    let hash: Int

    init(text: String, operationName: String?) {
        self.text = text
        self.operationName = operationName
        var hasher = Hasher()
        var text = text
        text.withUTF8 { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(operationName)
        hash = hasher.finalize()
    }

    static func == (left: DocumentKey, right: DocumentKey) -> Bool {
        // Strings that are equal to Swift may differ in their bytes, and then in what they ask for.
        left.hash == right.hash && haveSameBytes(left.text, right.text)
            && (left.operationName == nil) == (right.operationName == nil)
            && haveSameBytes(left.operationName ?? "", right.operationName ?? "")
    }

    func hash(into hasher: inout Hasher) { hasher.combine(hash) }

    private static func haveSameBytes(_ left: String, _ right: String) -> Bool {
        var (left, right) = (left, right)
        return left.withUTF8 { left in right.withUTF8 { right in unsafe left.elementsEqual(right) } }
    }

    var bytes: Int { text.utf8.count + (operationName?.utf8.count ?? 0) }
}
