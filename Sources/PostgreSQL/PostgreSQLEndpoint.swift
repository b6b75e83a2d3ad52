import CLibPQ

/// One database of one server, and who connects to it: where a connection leads.
///
/// Neither its description nor its mirror shows the password.
package struct PostgreSQLEndpoint: Hashable, Sendable {
    /// libpq's connection parameters that the URL gave, sorted by keyword.
    let parameters: [Parameter]

    /// Tells most others apart at once: the queue of a pool compares many.
    private let fingerprint: Int

    /// Which server it is, of those that share a budget: the hosts and ports as the URL gives them.
    let server: String

    struct Parameter: Hashable, Sendable {
        var keyword: String
        var value: String
    }

    /// Reads a URL in any form that libpq takes.
    ///
    /// `postgresql://user:password@host:port/database?sslmode=require`, with a socket's folder as
    /// `?host=/run/postgresql`, several hosts separated by commas, and any other of libpq's parameters behind the
    /// question mark. A driver's name behind the scheme, as SQLAlchemy writes it (`postgresql+asyncpg://`), is passed
    /// over.
    ///
    /// Source: PostgreSQL documentation, "Connection URIs".
    /// - Throws: `PostgreSQLError.invalidURL`; the text doesn't repeat the URL, which may hold a password.
    package init(url: String) throws(PostgreSQLError) {
        guard let schemeEnd = url.firstRange(of: "://") else {
            throw .invalidURL("it doesn't begin with postgresql://")
        }
        let scheme = url[..<schemeEnd.lowerBound].prefix { $0 != "+" }
        guard scheme == "postgresql" || scheme == "postgres" else {
            throw .invalidURL("it doesn't begin with postgresql://")
        }
        guard !url.utf8.contains(0) else { throw .invalidURL("it contains a zero byte") }
        let options = unsafe PQconninfoParse("postgresql" + url[schemeEnd.lowerBound...], nil)
        guard let first = unsafe options else {
            throw .invalidURL("expected postgresql://user:password@host:port/database?parameter=value")
        }
        defer { unsafe PQconninfoFree(options) }
        var parameters: [Parameter] = []
        var option = unsafe first
        while let keyword = unsafe option.pointee.keyword {
            if let value = unsafe option.pointee.val {
                unsafe parameters.append(Parameter(keyword: String(cString: keyword), value: String(cString: value)))
            }
            unsafe option += 1
        }
        self.init(parameters: parameters.sorted { $0.keyword < $1.keyword })
        // libpq looks at the ports only when it connects.
        guard port.split(separator: ",").allSatisfy({ (1...65_535).contains(Int($0) ?? 0) }) else {
            throw .invalidURL("a port is a number from 1 to 65535")
        }
    }

    init(parameters: [Parameter]) {
        self.parameters = parameters
        let values = ["hostaddr", "host", "port"].map { keyword in
            parameters.first { $0.keyword == keyword }?.value ?? ""
        }
        server = values.joined(separator: " ")
        fingerprint = parameters.hashValue
    }

    package static func == (one: PostgreSQLEndpoint, other: PostgreSQLEndpoint) -> Bool {
        one.fingerprint == other.fingerprint && one.parameters == other.parameters
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(fingerprint)
    }

    /// The host or hosts, or the folder of a socket; empty where libpq's default is meant.
    package var host: String { self["host"] ?? self["hostaddr"] ?? "" }

    /// The port as the URL gives it; empty where libpq's default is meant.
    package var port: String { self["port"] ?? "" }

    package var user: String { self["user"] ?? "" }

    /// The password as the URL gives it; nil where libpq is to find one.
    package var password: String? { self["password"] }

    /// The database's name; where the URL gives none, it is the user's name, as libpq has it.
    package var database: String { self["dbname"] ?? user }

    subscript(keyword: String) -> String? {
        parameters.first { $0.keyword == keyword }?.value
    }
}

extension PostgreSQLEndpoint: CustomStringConvertible, CustomReflectable {
    package var description: String {
        let authority = (user.isEmpty ? "" : "\(user)@") + host + (port.isEmpty ? "" : ":\(port)")
        return "postgresql://\(authority)/\(database)"
    }

    package var customMirror: Mirror {
        Mirror(self, children: ["description": description])
    }
}
