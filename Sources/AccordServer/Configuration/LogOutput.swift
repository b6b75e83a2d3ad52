import Dispatch
import Glibc
import Synchronization

/// Takes the log's lines from wherever they are made and writes them from one place, so that no request waits for another
/// one's line, nor for whoever reads the log.
///
/// The first line after a pause is written at once; those that come within the next hundredth of a second are written
/// together at its end. Lines that nobody takes are kept up to a limit; those beyond it are lost, and counted.
package final class LogOutput: Sendable {
    /// For the whole process.
    package static let standardError = LogOutput(descriptor: STDERR_FILENO)

    /// How much may wait, in bytes.
    static let maximumBytes = 1 << 20
    private static let pause = Duration.milliseconds(10)

    private struct State {
        var waiting: [UInt8] = []
        var isWriting = false
        var lost = 0
    }

    private let descriptor: Int32
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "log")

    /// Makes an output to an open file, which it doesn't close.
    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Whether lines wait, or are being written.
    var isWriting: Bool { state.withLock(\.isWriting) }

    /// How many lines were lost.
    var lostLines: Int { state.withLock(\.lost) }

    /// Takes a line, its end included.
    func write(_ line: [UInt8]) {
        let begins = state.withLock { state in
            guard state.waiting.count + line.count <= Self.maximumBytes else {
                state.lost += 1
                return false
            }
            state.waiting += line
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if begins { queue.async { self.writeWhatWaits() } }
    }

    /// Waits until the lines that came before are written, for a second at most: at the end of the process.
    package func flush() {
        let isDone = DispatchSemaphore(value: 0)
        queue.async {
            // Who has to begin it may not have come to that yet.
            self.writeWhatWaits()
            isDone.signal()
        }
        _ = isDone.wait(timeout: .now() + 1)
    }

    private func writeWhatWaits() {
        while let bytes = takeWaiting() {
            writeAll(bytes)
            usleep(UInt32(Self.pause / .microseconds(1)))
        }
    }

    private func takeWaiting() -> [UInt8]? {
        state.withLock { state in
            state.isWriting = !state.waiting.isEmpty
            return state.isWriting ? exchange(&state.waiting, with: []) : nil
        }
    }

    private func writeAll(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 {
                rest.removeFirst(written)
            } else if errno == EAGAIN {
                // Somebody else made it non-blocking.
                var event = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&event, 1, -1)
            } else if errno != EINTR {
                // There is nobody to tell.
                let lines = rest.count { $0 == UInt8(ascii: "\n") }
                return state.withLock { $0.lost += lines }
            }
        }
    }
}
