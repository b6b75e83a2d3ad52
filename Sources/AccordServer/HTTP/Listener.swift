import Glibc
import NIOCore
import Synchronization

/// The channel that the server listens at, and whether it still lets clients connect.
final class Listener: Sendable {
    private let channel = Mutex<(any Channel)?>(nil)
    private let isTurningAway = Atomic(false)

    /// How many connections may wait to be taken, if the system lets them. A client that finds no room tries again after a
    /// second.
    static let backlog = 4_096
    /// How many are taken at a time. With SwiftNIO's four, the last of many that come at once wait for all the requests of
    /// those before them.
    private static let takenAtOnce: UInt = 64

    /// Takes the channel, once the server listens.
    func listens(at channel: any Channel) {
        self.channel.withLock { $0 = channel }
        // Where that can't be set, it is four.
        _ = channel.setOption(ChannelOptions.maxMessagesPerRead, value: Self.takenAtOnce)
    }

    /// Connections that were taken and aren't handled yet.
    private let unhandled = Atomic(0)

    /// How long nobody must have been on the way in. A client's last packet of three may take as long to come.
    private static let quietTime = Duration.milliseconds(200)
    /// How long that is waited for, at most.
    private static let patience = Duration.seconds(2)

    /// Lets nobody connect any more, and waits until those who have connected are served.
    ///
    /// A client is connected as soon as the kernel has answered it; the server takes its connection a little later. When
    /// a listener is closed, the kernel resets the connections in between, and with them requests that are on their way
    /// already. So, before that, the kernel is told to pass over what opens a connection. Who tries then gets no answer,
    /// tries again by itself after a second, and finds the listener closed, or another program's in its place.
    func turnConnectionsAway() async {
        guard let channel = channel.withLock({ $0 }) else { return }
        isTurningAway.store(true, ordering: .relaxed)
        await requireTimeToLive(255, on: channel)
        let end = ContinuousClock.now + Self.patience
        var quietSince = ContinuousClock.now
        while .now < min(end, quietSince + Self.quietTime), !Task.isCancelled {
            if await someoneIsOnTheWay(in: channel) { quietSince = .now }
            try? await Task.sleep(for: .milliseconds(20))
        }
    }

    private func someoneIsOnTheWay(in channel: any Channel) async -> Bool {
        let waiting = (channel as? any SocketOptionProvider)?.getTCPInfo()
        // What a listener has unacknowledged are the connections that wait to be taken: tcp(7).
        if let info = try? await waiting?.get(), info.tcpi_unacked > 0 { return true }
        return unhandled.load(ordering: .relaxed) > 0
    }

    /// Takes a connection, one included that was opened before the listener turned connections away.
    func admit(_ connection: any Channel) {
        unhandled.add(1, ordering: .relaxed)
        guard isTurningAway.load(ordering: .relaxed) else { return }
        // It has what the listener was told last. Packets that were passed over meanwhile are sent again by TCP.
        for option in Self.timeToLiveOptions { _ = connection.setOption(option, value: 0) }
    }

    /// Says that a connection is handled now, or never will be.
    func admitted() {
        unhandled.subtract(1, ordering: .relaxed)
    }

    /// Has the kernel pass over packets that have been given less time to live: below 255, nearly all of them. It was made
    /// to accept neighbours only (RFC 5082), needs no privilege, and leaves alone what completes a connection that has
    /// begun to open.
    private func requireTimeToLive(_ time: Int, on channel: any Channel) async {
        // A listener for IPv4 has no option of IPv6. Where there is none at all, it is closed as it is.
        for option in Self.timeToLiveOptions { try? await channel.setOption(option, value: time).get() }
    }

    private static let timeToLiveOptions = [
        ChannelOptions.Types.SocketOption(level: .ip, name: NIOBSDSocket.Option(rawValue: IP_MINTTL)),
        ChannelOptions.Types.SocketOption(level: .ipv6, name: NIOBSDSocket.Option(rawValue: IPV6_MINHOPCOUNT)),
    ]
}
