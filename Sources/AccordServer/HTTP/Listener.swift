import CLinuxFilter
import NIOCore
import Synchronization

/// The channel that the server listens at, once it does.
final class Listener: Sendable {
    private let channel = Mutex<(any Channel)?>(nil)

    /// Takes the channel.
    func listens(at channel: any Channel) {
        self.channel.withLock { $0 = channel }
    }

    /// How long after the last packet that opens a connection the server may still be busy taking it.
    private static let settlingTime = Duration.milliseconds(200)

    /// Lets nobody connect any more, and waits until those who have connected are served.
    ///
    /// A client is connected as soon as the kernel has answered it; the server takes its connection a little later. When
    /// a listener is closed, the kernel resets the connections in between, and with them requests that are already on
    /// their way. So, before that, the kernel is told to pass over what opens a connection. Who tries then is not
    /// answered, tries again by itself after a second, and finds the listener closed, or another program's in its place.
    func turnConnectionsAway() async {
        guard let channel = channel.withLock({ $0 }) as? any SocketOptionProvider else { return }
        let setting = channel.unsafeSetSocketOption(
            level: .socket, name: NIOBSDSocket.Option(rawValue: SO_ATTACH_FILTER), value: clinuxfilter_without_syn())
        // Where the kernel has no filters, the listener is closed as it is.
        guard (try? await setting.get()) != nil else { return }
        try? await Task.sleep(for: Self.settlingTime)
    }
}
