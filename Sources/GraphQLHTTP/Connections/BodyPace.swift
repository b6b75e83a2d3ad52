import NIOCore

/// The lowest rate at which a request's body may arrive.
package struct MinimumRate: Hashable, Sendable {
    /// Bytes a second.
    package let bytesPerSecond: Int
    /// For how long less may come, before the first byte and between any others.
    package let patience: Duration

    /// Makes a rate of at least one byte a second.
    package init(bytesPerSecond: Int, patience: Duration) {
        precondition(bytesPerSecond > 0, "A body must arrive at some rate.")
        self.bytesPerSecond = bytesPerSecond
        self.patience = patience
    }
}

/// Whether a body arrives fast enough: an account of the time for which the server has waited for it.
///
/// Each byte pays in the time that it may take at the lowest rate, and waiting is paid for. The account begins with the
/// patience and never holds more, so that a fast beginning buys no long silence. Time in which the server itself does
/// not want more costs nothing.
struct BodyPace {
    private let rate: MinimumRate
    private let patience: TimeAmount
    private var credit: TimeAmount
    private var waitingSince: NIODeadline?

    init(_ rate: MinimumRate) {
        self.rate = rate
        patience = TimeAmount(rate.patience)
        credit = patience
    }

    /// When there is no more time to wait; nil while nothing is waited for.
    var deadline: NIODeadline? { waitingSince.map { $0 + credit } }

    /// Says that the server wants more.
    mutating func wait(since now: NIODeadline) {
        if waitingSince == nil { waitingSince = now }
    }

    /// Says that so many bytes have come.
    mutating func receive(_ bytes: Int, at now: NIODeadline) {
        if let waitingSince { credit = credit - (now - waitingSince) }
        waitingSince = nil
        let paid = TimeAmount.nanoseconds(Int64(bytes) * 1_000_000_000 / Int64(rate.bytesPerSecond))
        credit = min(credit + paid, patience)
    }
}
