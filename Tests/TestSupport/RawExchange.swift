import Foundation
import Glibc

/// One exchange with a server over a socket, down to the byte: what no well-behaved client can be made to send, such as
/// half a body, a slow one, or none.
package struct RawExchange: Sendable {
    package enum Step: Sendable {
        case send([UInt8])
        /// Sends so many zeros.
        case fill(Int)
        case pause(Duration)
    }

    /// What came back.
    package struct Answer: Sendable {
        /// The status lines' numbers in their order: an interim `100` comes first. Empty when the server said nothing.
        package let statuses: [Int]
        /// The final response's header lines.
        package let head: String
        package let body: [UInt8]
        /// Whether the server closed its end after the response.
        package let isClosed: Bool
        /// How many bytes the client got rid of. The system holds some of them for the server.
        package var sent = 0
    }

    private let port: UInt16
    private let steps: [Step]

    /// Plans an exchange with a server on 127.0.0.1.
    package init(with url: String, _ steps: [Step]) throws {
        guard let port = URL(string: url)?.port.flatMap({ UInt16(exactly: $0) }) else {
            throw POSIXError(.EINVAL)
        }
        self.port = port
        self.steps = steps
    }

    /// Takes the steps and reads the response, up to its declared length, or what there is of it after a minute.
    ///
    /// A server that stops reading doesn't fail the exchange: that is what is looked at.
    package func run() async throws -> Answer {
        try await onThread { descriptor in
            let sent = take(steps, on: descriptor)
            var answer = Self.readAnswer(from: descriptor)
            answer.sent = sent
            return answer
        }
    }

    /// Takes the steps, waits for `moment`, and goes away without a word.
    package func abandon(after moment: @escaping @Sendable () async throws -> Void) async throws {
        let descriptor = try await onThread(keepsOpen: true) { descriptor in
            _ = take(steps, on: descriptor)
            return descriptor
        }
        defer { close(descriptor) }
        try await moment()
    }

    // Blocking calls belong on a thread of their own.
    private func onThread<Value: Sendable>(
        keepsOpen: Bool = false, _ work: @escaping @Sendable (Int32) -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { [self] in
                let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
                var address = sockaddr_in()
                address.sin_family = sa_family_t(AF_INET)
                address.sin_port = port.bigEndian
                address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
                let isConnected = unsafe withUnsafePointer(to: address) { pointer in
                    unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                        unsafe connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                    }
                }
                guard isConnected else {
                    let error = POSIXError(POSIXErrorCode(rawValue: errno) ?? .EINVAL)
                    close(descriptor)
                    return continuation.resume(throwing: error)
                }
                var patience = timeval(tv_sec: 60, tv_usec: 0)
                _ = unsafe setsockopt(
                    descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
                let value = work(descriptor)
                if !keepsOpen { close(descriptor) }
                continuation.resume(returning: value)
            }
        }
    }

    /// Takes the steps, as far as the server lets it, and returns how many bytes were sent.
    private func take(_ steps: [Step], on descriptor: Int32) -> Int {
        // Little is held on this side, so that what was sent has for the most part reached the other.
        var held = Int32(32 << 10)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &held, socklen_t(MemoryLayout<Int32>.size))
        var total = 0
        func send(_ bytes: [UInt8]) -> Bool {
            var sent = 0
            while sent < bytes.count {
                let count = unsafe bytes.withUnsafeBytes {
                    unsafe Glibc.send(
                        descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return false }
                sent += count
                total += count
            }
            return true
        }
        let zeros = [UInt8](repeating: 0, count: 16 << 10)
        for step in steps {
            switch step {
            case .pause(let time):
                Thread.sleep(forTimeInterval: time / .seconds(1))
            case .send(let bytes):
                guard send(bytes) else { return total }
            case .fill(var count):
                while count > 0 {
                    guard send(count < zeros.count ? Array(zeros[..<count]) : zeros) else { return total }
                    count -= zeros.count
                }
            }
        }
        return total
    }

    private static func readAnswer(from descriptor: Int32) -> Answer {
        var received: [UInt8] = []
        var isOver = false
        func receive() -> Bool {
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
                count = unsafe max(0, recv(descriptor, buffer.baseAddress, 64 << 10, 0))
            }
            received += bytes
            isOver = bytes.isEmpty
            return !isOver
        }
        var statuses: [Int] = []
        var head = ""
        while true {
            while received.firstRange(of: Array("\r\n\r\n".utf8)) == nil {
                guard receive() else { return Answer(statuses: statuses, head: head, body: received, isClosed: true) }
            }
            let end = received.firstRange(of: Array("\r\n\r\n".utf8))?.lowerBound ?? 0
            head = String(decoding: received[..<end], as: UTF8.self)
            received.removeFirst(end + 4)
            statuses.append(head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0)
            if statuses.last != 100 { break }
        }
        let length = head.firstMatch(of: #/(?i)\r\ncontent-length: ([0-9]+)/#).flatMap { Int($0.1) } ?? 0
        while received.count < length, receive() {}
        let closes = head.lowercased().contains("\r\nconnection: close")
        return Answer(statuses: statuses, head: head, body: received, isClosed: isOver || (closes && !receive()))
    }
}
