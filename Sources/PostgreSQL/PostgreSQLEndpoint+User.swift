extension PostgreSQLEndpoint {
    /// The same database, as the user of another endpoint and with its password.
    package func connecting(as other: PostgreSQLEndpoint) -> PostgreSQLEndpoint {
        // The database is spelled out, since libpq's default is the user's name.
        replacing(["dbname": database, "user": other["user"], "password": other["password"]])
    }

    /// Another database of the same server, as a role with a password.
    package func database(_ name: String, user: String, password: String) -> PostgreSQLEndpoint {
        replacing(["dbname": name, "user": user, "password": password])
    }

    /// Another database of the same server, as the same role.
    package func database(_ name: String) -> PostgreSQLEndpoint {
        replacing(["dbname": name])
    }

    /// The same, for libpq to find the password elsewhere.
    package var withoutPassword: PostgreSQLEndpoint { replacing(["password": nil]) }

    /// With other values for these parameters; nil leaves one out.
    private func replacing(_ values: [String: String?]) -> PostgreSQLEndpoint {
        let kept = parameters.filter { !values.keys.contains($0.keyword) }
        let added = values.compactMap { keyword, value in value.map { Parameter(keyword: keyword, value: $0) } }
        return PostgreSQLEndpoint(parameters: (kept + added).sorted { $0.keyword < $1.keyword })
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
}
