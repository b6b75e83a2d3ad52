import CLibPQ
import Glibc

extension PostgreSQLEndpoint {
    /// The hosts' addresses, looked up, so that libpq has none left to look up.
    ///
    /// libpq resolves names inside `PQconnectStart`, which then blocks; given `hostaddr` it doesn't. A host with
    /// several addresses becomes several hosts, which libpq tries in their order. Socket folders stay as they are.
    ///
    /// Blocks for as long as the resolver does: call it on a thread that may wait.
    /// - Returns: The parameters with `host`, `hostaddr` and `port` replaced.
    /// - Throws: `PostgreSQLError.connectionFailed` if not one host has an address.
    func resolvingHosts() throws(PostgreSQLError) -> [Parameter] {
        guard self["hostaddr"] == nil, let hosts = self["host"]?.split(separator: ",", omittingEmptySubsequences: false)
        else { return parameters }
        let ports = port.split(separator: ",", omittingEmptySubsequences: false)
        guard ports.count <= 1 || ports.count == hosts.count else {
            throw .connectionFailed("the URL gives \(hosts.count) hosts but \(ports.count) ports")
        }

        var targets: [(host: Substring, address: String, port: Substring)] = []
        var failure = ""
        for (index, host) in hosts.enumerated() {
            let port = ports.count > 1 ? ports[index] : ports.first ?? ""
            if host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@") {
                targets.append((host, "", port))
                continue
            }
            switch addresses(of: String(host)) {
            case .success(let addresses): targets += addresses.map { (host, $0, port) }
            case .failure(let reason): failure = #"the host name "\#(host)" has no address: \#(reason.text)"#
            }
        }
        guard !targets.isEmpty else { throw .connectionFailed(failure) }
        return parameters.filter { !["host", "hostaddr", "port"].contains($0.keyword) } + [
            Parameter(keyword: "host", value: targets.map(\.host).joined(separator: ",")),
            Parameter(keyword: "hostaddr", value: targets.map(\.address).joined(separator: ",")),
            Parameter(keyword: "port", value: targets.map(\.port).joined(separator: ",")),
        ]
    }

    private struct ResolverFailure: Error {
        var text: String
    }

    /// The numeric addresses of a host name, in the resolver's order of preference. RFC 6724
    private func addresses(of host: String) -> Result<[String], ResolverFailure> {
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = AF_UNSPEC
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = unsafe getaddrinfo(host, nil, &hints, &list)
        guard status == 0 else { return .failure(ResolverFailure(text: unsafe String(cString: gai_strerror(status)))) }
        defer { unsafe freeaddrinfo(list) }

        var addresses: [String] = []
        var next = unsafe list
        while let entry = unsafe next?.pointee {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let length = socklen_t(text.count)
            if unsafe getnameinfo(entry.ai_addr, entry.ai_addrlen, &text, length, nil, 0, NI_NUMERICHOST) == 0 {
                let bytes = text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
                addresses.append(String(decoding: bytes, as: UTF8.self))
            }
            unsafe next = entry.ai_next
        }
        return .success(addresses)
    }
}
