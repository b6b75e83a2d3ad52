/// What every connection of a pool has in common, whichever database it leads to.
struct ConnectionSettings: Sendable {
    var connectTimeout: Duration
    var statementTimeout: Duration?
    var applicationName: String?
    var pooling = ServerPooling.none
    /// How long the server may take to answer a command before the session ends; nil for as long as the statement may
    /// run.
    var answerTimeout: Duration?

    /// libpq's parameters for a connection: the endpoint's own, over defaults, under what this module relies on.
    func parameters(for endpoint: [PostgreSQLEndpoint.Parameter]) -> [PostgreSQLEndpoint.Parameter] {
        var values = [
            // Kerberos would be asked for a ticket before each connection.
            "gssencmode": "disable",
            // A server that vanished without a word is noticed after a minute, not after TCP's two hours.
            "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3", "tcp_user_timeout": "30000",
        ]
        values["fallback_application_name"] = applicationName
        for parameter in endpoint { values[parameter.keyword] = parameter.value }
        values["client_encoding"] = "UTF8"
        // A pooler takes no such options: whoever has the server's connection next would have them, too.
        if let statementTimeout, pooling == .none {
            // Each statement is planned once for a connection, not for its first five executions, or for all of them:
            // planning one of a server's short statements costs as much as carrying it out.
            let options = "-c statement_timeout=\(statementTimeout.milliseconds) -c plan_cache_mode=force_generic_plan"
            // The URL's own options come last, and so win.
            values["options"] = values["options"].map { "\(options) \($0)" } ?? options
        }
        return values.map { PostgreSQLEndpoint.Parameter(keyword: $0.key, value: $0.value) }
    }
}

extension Duration {
    /// Whole milliseconds, rounded up, so that a positive duration never becomes the 0 that means "none".
    fileprivate var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    }
}
