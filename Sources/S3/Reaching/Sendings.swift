internal import Synchronization

/// How often a call was sent, and how often it was answered. A request that got no answer, because its channel broke or its
/// time was up, may still be carried out: also after another attempt has succeeded.
final class Sendings: Sendable {
    private let sent = Atomic(0)
    private let answered = Atomic(0)

    /// The request goes out, over a channel that stands.
    func count() { sent.add(1, ordering: .relaxed) }

    /// The store has answered, with what it will not go back on.
    func countAnswer() { answered.add(1, ordering: .relaxed) }

    /// Whether nothing is left that could be carried out later.
    var areAllAnswered: Bool { sent.load(ordering: .relaxed) == answered.load(ordering: .relaxed) }
}
