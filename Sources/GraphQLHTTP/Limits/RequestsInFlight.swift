import Synchronization

/// How many requests are being answered, and how many may be.
package final class RequestsInFlight: Sendable {
    private let maximum: Int
    private let count = Atomic(0)

    /// Makes a counter; `nil` is no limit.
    package init(maximum: Int?) {
        self.maximum = maximum ?? .max
    }

    /// How many are being answered.
    package var current: Int { count.load(ordering: .relaxed) }

    /// Counts one more for as long as its place is held; nil when there is no room for it.
    package func enter() -> Place? {
        let place = Place(self)
        return place.number <= maximum ? place : nil
    }

    /// One that is counted. Given up with the last reference to it.
    package final class Place: Sendable {
        private let requests: RequestsInFlight
        /// How many there were with this one.
        fileprivate let number: Int

        fileprivate init(_ requests: RequestsInFlight) {
            self.requests = requests
            number = requests.count.wrappingAdd(1, ordering: .relaxed).newValue
        }

        deinit {
            requests.count.wrappingSubtract(1, ordering: .relaxed)
        }
    }
}
