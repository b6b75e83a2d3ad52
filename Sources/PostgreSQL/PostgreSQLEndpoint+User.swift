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

    private init(parameters: [Parameter]) { self.parameters = parameters }
}
