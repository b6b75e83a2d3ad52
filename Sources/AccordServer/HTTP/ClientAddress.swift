import GraphQLHTTP
import HTTPTypes
import NIOCore

/// Tells where requests come from, past the proxies that are trusted to say so.
package struct ClientAddress: Sendable {
    /// Whose `X-Forwarded-For` is believed.
    let trustedProxies: [IPNetwork]

    /// The address that a request came from: the other end of the channel, or what the nearest proxy that is not trusted
    /// has said to those that are.
    ///
    /// - Parameters:
    ///   - head: The request's.
    ///   - channel: Its channel.
    /// - Returns: The address; nil where the other end has none, as a Unix domain socket.
    func address(_ head: HTTPRequest, _ channel: any Channel) -> IPAddress? {
        guard let peer = channel.remoteAddress.flatMap({ IPAddress($0) }) else { return nil }
        guard isTrusted(peer) else { return peer }
        return address(forwardedFor: head.headerFields[values: .xForwardedFor], by: peer)
    }

    /// The address that a chain of proxies tells of, the last of them nearest. Each of them appends whom it was asked by;
    /// what lies before the first that is not trusted may have been made up.
    ///
    /// - Parameters:
    ///   - values: Of `X-Forwarded-For`, in their order.
    ///   - peer: The proxy nearest to us, which is trusted.
    /// - Returns: The address.
    func address(forwardedFor values: [String], by peer: IPAddress) -> IPAddress {
        var nearest = peer
        for entry in values.joined(separator: ",").split(separator: ",").reversed() {
            guard let address = Self.address(of: entry) else { return nearest }
            nearest = address
            guard isTrusted(address) else { break }
        }
        return nearest
    }

    private func isTrusted(_ address: IPAddress) -> Bool { trustedProxies.contains { $0.contains(address) } }

    /// Reads an entry: an address, which some proxies write with a port, and version 6 in brackets.
    private static func address(of entry: Substring) -> IPAddress? {
        let text = entry.filter { $0 != " " && $0 != "\t" }
        if let address = IPAddress(text) { return address }
        if text.hasPrefix("[") { return IPAddress(text.dropFirst().prefix { $0 != "]" }) }
        return text.lastIndex(of: ":").flatMap { IPAddress(text[..<$0]) }
    }
}

extension HTTPField.Name {
    /// Whom each proxy was asked by. No standard, but what proxies send.
    fileprivate static let xForwardedFor = HTTPField.Name.constant("X-Forwarded-For")
}
