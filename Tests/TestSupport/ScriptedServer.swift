import Foundation
import Glibc
import Synchronization

/// A peer that does exactly what a test tells it, down to the byte: what no well-behaved server can be asked for, such as
/// silence, half an answer, or a channel closed at the wrong moment.
///
/// Each channel accepted gets a thread, which runs the script and closes the channel at its end.
package final class ScriptedServer: Sendable {
    package let port: Int
    package var url: String { "http://127.0.0.1:\(port)" }

    private let listener: CInt
    private let accepted = Atomic<Int>(0)

    /// How many channels clients have opened.
    package var acceptedChannels: Int { accepted.load(ordering: .relaxed) }

    /// Listens on a free loopback port.
    ///
    /// - Parameter script: Given each channel as it is accepted, on a thread of its own, so it may block.
    /// - Throws: `POSIXError` when no port can be had.
    package init(_ script: @escaping @Sendable (ScriptedChannel) -> Void) throws {
        let listener = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe bind(listener, pointer, length) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, pointer, &length) == 0
            }
        }
        guard isListening else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EINVAL) }
        self.listener = listener
        self.port = Int(UInt16(bigEndian: address.sin_port))

        Thread.detachNewThread { [weak self] in
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0, let number = self?.accepted.add(1, ordering: .relaxed).oldValue else {
                    // Here and not in `deinit`: the number might be another socket's by the time `accept` is called.
                    _ = Glibc.close(listener)
                    return
                }
                let channel = ScriptedChannel(number: number, descriptor: descriptor)
                Thread.detachNewThread {
                    script(channel)
                    _ = Glibc.close(descriptor)
                }
            }
        }
    }

    deinit {
        shutdown(listener, CInt(SHUT_RDWR))
    }
}

/// One channel of a ``ScriptedServer``, with blocking calls.
package struct ScriptedChannel: Sendable {
    /// In the order of their opening, from 0.
    package let number: Int
    let descriptor: CInt

    /// The next bytes, at most that many; empty at the end, or when the channel broke.
    package func read(atMost count: Int) -> [UInt8] {
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            initializedCount = unsafe max(0, recv(descriptor, buffer.baseAddress, count, 0))
        }
        return bytes
    }

    /// Everything up to and with the empty line, one byte at a time; `nil` when the channel ends before it.
    package func readHead() -> String? {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual(Array("\r\n\r\n".utf8)) {
            let byte = read(atMost: 1)
            guard !byte.isEmpty else { return nil }
            head += byte
        }
        return String(decoding: head, as: UTF8.self)
    }

    /// Exactly that many bytes, or as many as there are.
    package func readBody(_ count: Int) -> [UInt8] {
        var body: [UInt8] = []
        while body.count < count {
            let bytes = read(atMost: min(64 << 10, count - body.count))
            guard !bytes.isEmpty else { break }
            body += bytes
        }
        return body
    }

    package func write(_ text: String) { write(Array(text.utf8)) }

    package func write(_ bytes: [UInt8]) {
        _ = unsafe send(descriptor, bytes, bytes.count, CInt(MSG_NOSIGNAL))
    }

    /// Returns when the client has closed its end, after reading whatever it sent.
    package func waitForEnd() {
        while !read(atMost: 64 << 10).isEmpty {}
    }
}
