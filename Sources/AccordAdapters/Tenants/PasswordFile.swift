import Foundation
import Glibc
import PostgreSQL

/// A file of passwords that libpq reads (`PGPASSFILE`): `host:port:database:user:password` on a line, the first that
/// fits counts. PostgreSQL documentation, "The Password File".
package struct PasswordFile: Sendable {
    private let path: String

    /// Names a file, which need not be there yet.
    package init(path: String) { self.path = path }

    /// The password that the file has for an endpoint. Where it has none, the endpoint's own is added to it: at its end
    /// and in one write, so that whoever reads the file sees all of the line or none.
    ///
    /// - Throws: `PasswordFileProblem`.
    func password(of endpoint: PostgreSQLEndpoint) throws -> String? {
        let address = Self.address(of: endpoint)
        let text = try read()
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let fields = Self.fields(of: line)
            if fields.count >= 5, zip(fields, address).allSatisfy({ $0 == "*" || $0 == $1 }) { return fields[4] }
        }
        guard let password = endpoint.password else { return nil }
        let line = (address + [password]).map(Self.escaped).joined(separator: ":")
        try append((text.isEmpty || text.hasSuffix("\n") ? "" : "\n") + line + "\n")
        return password
    }

    /// Host, port, database and user, as libpq looks for them; any host for a socket's folder, and for several hosts.
    private static func address(of endpoint: PostgreSQLEndpoint) -> [String] {
        let isOneHost = !endpoint.host.isEmpty && !endpoint.host.contains { "/,".contains($0) }
        let port = endpoint.port.isEmpty ? "5432" : endpoint.port
        return [
            isOneHost ? endpoint.host : "*", port.contains(",") ? "*" : port, endpoint.database, endpoint.user,
        ]
    }

    private static func escaped(_ field: String) -> String {
        field.replacing("\\", with: "\\\\").replacing(":", with: "\\:")
    }

    private static func fields(of line: Substring) -> [String] {
        var fields = [""]
        var isEscaped = false
        for character in line {
            switch character {
            case "\\" where !isEscaped:
                isEscaped = true
                continue
            case ":" where !isEscaped: fields.append("")
            default: fields[fields.count - 1].append(character)
            }
            isEscaped = false
        }
        return fields
    }

    /// The text; empty where there is no file.
    private func read() throws -> String {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            guard errno == ENOENT else { throw PasswordFileProblem(path, reason) }
            return ""
        }
        // As libpq has it.
        guard status.st_mode & 0o077 == 0 else {
            throw PasswordFileProblem(path, "libpq passes over a file that others than its owner may read: chmod 600")
        }
        guard let data = FileManager.default.contents(atPath: path) else { throw PasswordFileProblem(path, reason) }
        return String(decoding: data, as: UTF8.self)
    }

    private func append(_ text: String) throws {
        let file = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw PasswordFileProblem(path, reason) }
        defer { close(file) }
        let bytes = Array(text.utf8)
        guard unsafe write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else {
            throw PasswordFileProblem(path, reason)
        }
    }

    private var reason: String { unsafe String(cString: strerror(errno)) }
}

/// Why a password can't be kept in a file.
struct PasswordFileProblem: Error, CustomStringConvertible {
    let description: String

    init(_ path: String, _ reason: String) { description = "The password file \(path) can't be used: \(reason)." }
}
