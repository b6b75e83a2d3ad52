import Curl
import FoundationEssentials

/// What another machine's clock said.
struct ClockReading: Sendable {
    /// Whose clock it is.
    let machine: String
    /// How far it is ahead of this machine's.
    let offset: Duration

    init(machine: String, offset: Duration) {
        self.machine = machine
        self.offset = offset
    }

    /// Reads the clock that a response carries, to the second; nil if it carries none.
    ///
    /// RFC 9111 §5.1 Age, for one that a cache has kept.
    init?(_ response: CurlResponse, of machine: String, askedAt start: Date) {
        guard let seconds = response.secondsSince1970 else { return nil }
        let age = response.header("Age").flatMap { Double($0) } ?? 0
        let middle = start.addingTimeInterval(Date().timeIntervalSince(start) / 2)
        self.init(machine: machine, offset: .seconds(Double(seconds) + age - middle.timeIntervalSince1970))
    }
}
