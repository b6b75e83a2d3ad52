package import PostgreSQL

extension PostgreSQLEndpoint {
    /// Host and port, to tell whether two addresses lead to one server. Two names of one host are two places.
    var serverPlace: String { "\(host.lowercased()):\(port.isEmpty ? "5432" : port)" }

    /// Host, port and database, to tell whether two addresses lead to one database, whoever connects.
    package var place: String { "\(serverPlace)/\(database)" }
}
