import Synchronization

/// What the toy schema's resolvers noted, in order.
final class TestEvents: Sendable {
    private let events = Mutex<[String]>([])

    var all: [String] { events.withLock { $0 } }

    func note(_ event: String) {
        events.withLock { $0.append(event) }
    }
}
