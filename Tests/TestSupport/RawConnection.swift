import Foundation
import Glibc

/// A connection to a server on 127.0.0.1 that carries one request after the other, as they are written here: for what
/// depends on when a connection ends. Its calls block; they belong on a thread.
package final class RawConnection: Sendable {
    private let descriptor: Int32

    /// What came back for a request.
    package struct Answer: Sendable {
        package let status: Int
        /// The header lines, in lower case.
        package let head: String
        package let body: [UInt8]

        /// Whether the server says that nothing follows.
        package var isLast: Bool { head.contains("\r\nconnection: close") }
    }

    /// What becomes of a request.
    package enum Outcome: Sendable {
        case answered(Answer)
        /// The connection ended before a byte of the answer.
        case closed
        /// The connection ended within the answer.
        case cutOff
    }

    /// Connects.
    ///
    /// - Returns: nil when nobody listens.
    package init?(port: Int) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let isConnected = unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { return nil }
        var patience = timeval(tv_sec: 120, tv_usec: 0)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        close(descriptor)
    }

    /// Sends a request, or a part of one.
    package func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.send(
                    descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    /// Waits for the answer to the request sent before, up to its declared length.
    package func receive() -> Outcome {
        var bytes: [UInt8] = []
        let end = Array("\r\n\r\n".utf8)
        while bytes.firstRange(of: end) == nil {
            guard receive(into: &bytes) else { return bytes.isEmpty ? .closed : .cutOff }
        }
        let headEnd = bytes.firstRange(of: end)?.upperBound ?? 0
        let head = String(decoding: bytes[..<headEnd], as: UTF8.self).lowercased()
        let length = head.firstMatch(of: #/\r\ncontent-length: ([0-9]+)/#).flatMap { Int($0.1) } ?? 0
        while bytes.count < headEnd + length {
            guard receive(into: &bytes) else { return .cutOff }
        }
        let status = head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return .answered(Answer(status: status, head: head, body: Array(bytes[headEnd...])))
    }

    /// The next bytes, whatever they are; empty when the server has closed the connection.
    package func read() -> [UInt8] {
        var bytes: [UInt8] = []
        _ = receive(into: &bytes)
        return bytes
    }

    /// Whether the server has closed the connection, for which this waits.
    package func isClosed() -> Bool {
        var bytes: [UInt8] = []
        return !receive(into: &bytes)
    }

    private func receive(into bytes: inout [UInt8]) -> Bool {
        let more = unsafe [UInt8](unsafeUninitializedCapacity: 16 << 10) { buffer, count in
            count = unsafe max(0, recv(descriptor, buffer.baseAddress, 16 << 10, 0))
        }
        bytes += more
        return !more.isEmpty
    }
}

/// Runs what blocks on a thread of its own.
package func onThread<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: work()) }
    }
}
