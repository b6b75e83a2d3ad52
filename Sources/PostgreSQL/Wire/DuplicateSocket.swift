import Glibc

/// A second hold on a connection's socket, which outlives libpq's.
final class DuplicateSocket: Sendable {
    private let descriptor: Int32

    /// Nil when the system has no descriptor left, or `socket` is none.
    init?(_ socket: Int32) {
        descriptor = dup(socket)
        guard descriptor >= 0 else { return nil }
    }

    deinit {
        close(descriptor)
    }

    /// Waits until the other side has closed the connection, for so many milliseconds at most. Blocks.
    func waitForEnd(timeout: Int32) {
        let end = ContinuousClock.now + .milliseconds(timeout)
        var rest = [UInt8](repeating: 0, count: 4096)
        while ContinuousClock.now < end {
            var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard unsafe poll(&state, 1, timeout) > 0 else { return }
            // What the server still says is of no interest.
            guard unsafe recv(descriptor, &rest, rest.count, Int32(MSG_DONTWAIT)) > 0 else { return }
        }
    }
}

extension LibPQConnection? {
    func duplicateSocket() -> DuplicateSocket? {
        switch self {
        case .some(let connection): DuplicateSocket(connection.socket)
        case .none: nil
        }
    }
}
