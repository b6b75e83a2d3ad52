extension PostgreSQLEndpoint {
    /// The same database, as the user of another endpoint and with its password.
    package func connecting(as other: PostgreSQLEndpoint) -> PostgreSQLEndpoint {
        let credentials: Set = ["user", "password"]
        // Spelled out, since libpq's default is the user's name.
        let database = Parameter(keyword: "dbname", value: database)
        let kept = parameters.filter { !credentials.contains($0.keyword) && $0.keyword != "dbname" }
        let taken = other.parameters.filter { credentials.contains($0.keyword) }
        return PostgreSQLEndpoint(parameters: (kept + taken + [database]).sorted { $0.keyword < $1.keyword })
    }

    /// Another database of the same server, as a role with a password.
    package func database(_ name: String, user: String, password: String) -> PostgreSQLEndpoint {
        let replaced = ["dbname": name, "user": user, "password": password]
        let kept = parameters.filter { replaced[$0.keyword] == nil }
        let added = replaced.map { Parameter(keyword: $0.key, value: $0.value) }
        return PostgreSQLEndpoint(parameters: (kept + added).sorted { $0.keyword < $1.keyword })
    }

    /// Another database of the same server, as the same role.
    package func database(_ name: String) -> PostgreSQLEndpoint {
        let kept = parameters.filter { $0.keyword != "dbname" }
        let added = Parameter(keyword: "dbname", value: name)
        return PostgreSQLEndpoint(parameters: (kept + [added]).sorted { $0.keyword < $1.keyword })
    }

    /// The URL that leads here, with the password in it: not for logs.
    package var url: String {
        var rest = parameters.filter { !["user", "password", "dbname"].contains($0.keyword) }
        let password = self["password"].map { ":\(Self.escaped($0))" } ?? ""
        var authority = user.isEmpty ? "" : "\(Self.escaped(user))\(password)@"
        // A socket's folder and several hosts don't fit there.
        if !host.contains(where: { "/,".contains($0) }), self["hostaddr"] == nil, !port.contains(",") {
            authority += host.contains(":") ? "[\(host)]" : Self.escaped(host)
            if !port.isEmpty { authority += ":\(port)" }
            rest.removeAll { ["host", "port"].contains($0.keyword) }
        }
        let query = rest.map { "\($0.keyword)=\(Self.escaped($0.value))" }.joined(separator: "&")
        return "postgresql://\(authority)/\(Self.escaped(database))\(query.isEmpty ? "" : "?\(query)")"
    }

    /// RFC 3986, section 2.1: all but unreserved characters as `%XX`.
    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.reduce(into: "") { result, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }

    private init(parameters: [Parameter]) { self.parameters = parameters }
}
