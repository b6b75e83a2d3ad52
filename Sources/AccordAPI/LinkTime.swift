import FoundationEssentials
import Synchronization

/// When the links of a request begin to work: one moment for all of them, so that `presignedUrl` and
/// `presignedUrlExpiresAt` agree.
///
/// Nothing is asked of the clock by a request without links. Of several uploads in one request each begins its own time;
/// GraphQL executes them one after the other, each with its fields.
final class LinkTime: Sendable {
    private let moment = Mutex<Date?>(nil)

    /// The moment, which the first to ask decides.
    var time: Date {
        moment.withLock { moment in
            if let moment { return moment }
            let now = Date()
            moment = now
            return now
        }
    }

    /// Begins anew.
    func begin() {
        moment.withLock { $0 = nil }
    }
}
