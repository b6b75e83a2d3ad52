import Glibc
package import HTTPTypes
import Synchronization

extension HTTPField.Name {
    /// Names one request in the log, in errors and in the response.
    package static let requestID = HTTPField.Name.constant("X-Request-ID")

    /// A name known to be a token, as RFC 9110 §5.1 wants it.
    package static func constant(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no header name.") }
        return name
    }
}

extension HTTPFields {
    /// The request's id: the client's own if it is 1 to 128 visible ASCII characters, else a random one, which is
    /// another each time.
    package var requestID: String {
        if let given = value(of: .requestID), (1...128).contains(given.utf8.count), given.utf8.allSatisfy(isVisible) {
            return given
        }
        var (high, low) = randomNumbers()
        return unsafe String(unsafeUninitializedCapacity: 32) { digits in
            for place in (0..<32).reversed() {
                let digit = UInt8(truncatingIfNeeded: low & 15)
                unsafe digits[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
                low = low >> 4 | high << 60
                high >>= 4
            }
            return 32
        }
    }
}

/// Two random numbers. The system is asked for many at a time, since a request needs little else of it.
private func randomNumbers() -> (UInt64, UInt64) {
    randomReserve.withLock { reserve in
        if reserve.isEmpty {
            // As many as it gives at once.
            reserve = [UInt64](repeating: 0, count: 32)
            let isFilled = unsafe reserve.withUnsafeMutableBytes { unsafe getentropy($0.baseAddress, $0.count) } == 0
            precondition(isFilled, "The system has no random numbers.")
        }
        return (reserve.removeLast(), reserve.removeLast())
    }
}

private let randomReserve = Mutex<[UInt64]>([])

private func isVisible(_ byte: UInt8) -> Bool {
    (0x21...0x7E).contains(byte)
}
