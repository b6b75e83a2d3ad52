import Curl
import Glibc
import NIOCore

/// Whether the server can listen where the settings say, or does already.
struct PortCheck {
    let settings: DoctorSettings
    let http: CurlClient

    func run() async -> CheckResult {
        guard let main = settings.address else {
            return CheckResult(.port, .notChecked(since: "ACCORD_HOST or ACCORD_PORT can't be used"))
        }
        var addresses = [
            Address(host: main.host, port: main.port, prefix: "ACCORD", isEncrypted: settings.certificate != nil)
        ]
        if let (host, port) = settings.operationsAddress {
            addresses.append(Address(host: host, port: port, prefix: "ACCORD_OPERATIONS", isEncrypted: false))
        }
        if let (host, port) = settings.operationsAddress, port == main.port, port != 0,
            host == main.host || [host, main.host].contains(where: { ["0.0.0.0", "::"].contains($0) })
        {
            let finding = Finding(
                .port, "ACCORD_PORT and ACCORD_OPERATIONS_PORT are both \(port).",
                why: "Two listeners can't have one port: the server does not start.",
                remedy: "Set ACCORD_OPERATIONS_PORT to another port.")
            return CheckResult(.port, .found([finding]))
        }
        var findings: [Finding] = []
        var seen: [String] = []
        for address in addresses {
            switch await examine(address) {
            case .success(let text): seen.append(text)
            case .failure(let found): findings.append(found.finding)
            }
        }
        return CheckResult(.port, findings, passed: seen.joined(separator: "; "))
    }

    private struct Address {
        let host: String
        let port: Int
        /// What the settings' names begin with.
        let prefix: String
        let isEncrypted: Bool

        var text: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

        /// Where a client on this machine finds it.
        var url: String {
            let reachable = ["0.0.0.0": "127.0.0.1", "::": "[::1]"][host] ?? (host.contains(":") ? "[\(host)]" : host)
            return "\(isEncrypted ? "https" : "http")://\(reachable):\(port)"
        }
    }

    private struct Found: Error {
        let finding: Finding
    }

    private func examine(_ address: Address) async -> Result<String, Found> {
        do {
            try await ListeningAddress.tryBinding(host: address.host, port: address.port)
            return .success("\(address.text) is free")
        } catch {
            let code = (error as? IOError)?.errnoCode
            if code == EADDRINUSE, await isAccord(address) {
                return .success("Accord listens at \(address.text) already")
            }
            let (cause, remedy) = Self.explain(code, error, address)
            return .failure(
                Found(
                    finding: Finding(
                        .port, "The server can't listen at \(address.text): \(cause)", why: "It does not start.",
                        remedy: remedy)))
        }
    }

    /// A server that runs already is no fault. What it answers is a fixed text; where it encrypts for a name that this
    /// address is not, it can't be asked.
    private func isAccord(_ address: Address) async -> Bool {
        let request = CurlRequest(url: address.url + "/health/live", timeouts: CurlTimeouts(total: .seconds(1)))
        do throws(CurlError) {
            return try await http.perform(request).body == Array(#"{"status":"ok"}"#.utf8)
        } catch {
            if case .tls = error { return address.isEncrypted }
            return false
        }
    }

    private static func explain(
        _ code: CInt?, _ error: any Error, _ address: Address
    ) -> (cause: String, remedy: String) {
        let (host, port) = ("\(address.prefix)_HOST", "\(address.prefix)_PORT")
        return switch code {
        case EADDRINUSE: ("another program listens there.", "Set \(port) to a free port, or stop the other (ss -ltnp).")
        case EACCES: ("this user may not open port \(address.port).", "Set \(port) to 1024 or more.")
        case EADDRNOTAVAIL:
            ("the address is not this machine's.", "Set \(host) to an address of this machine, or to 0.0.0.0.")
        case nil: ("the host has no address (\(error))", "Correct \(host).")
        default: ("\(error)", "Correct \(host) and \(port).")
        }
    }
}
