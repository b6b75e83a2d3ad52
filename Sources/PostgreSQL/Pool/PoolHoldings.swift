/// What a pool has open, by database and by server, and who is on a visit. A part of `PoolState`.
struct PoolHoldings {
    /// What is open of one database.
    struct Holding {
        fileprivate(set) var lent = 0
        fileprivate(set) var idle = 0
        /// How many tasks its connections have served since the first of them was opened, or was used after a pause.
        fileprivate(set) var served = 0
        /// Who uses it; nil when several do.
        fileprivate var guest: String?

        /// How many connections there are, or are being made.
        var count: Int { lent + idle }
    }

    /// No entry where nothing is open.
    private var holdings: [PostgreSQLEndpoint: Holding] = [:]
    /// The database of which each claimant is the only guest.
    private var visited: [String: PostgreSQLEndpoint] = [:]
    /// How many slots are taken, by server; no entry for none.
    private var taken: [String: Int] = [:]

    /// What is open of a database; nil for nothing.
    subscript(endpoint: PostgreSQLEndpoint) -> Holding? { holdings[endpoint] }

    /// How many connections there are to a server's databases, or are being made.
    func count(at server: String) -> Int { taken[server, default: 0] }

    /// The database that a claimant has to itself, since its first connection was opened for it; nil for none.
    func visit(of claimant: String) -> Holding? { visited[claimant].flatMap { holdings[$0] } }

    /// A slot is lent for a connection that is to be made.
    mutating func open(_ endpoint: PostgreSQLEndpoint, for claimant: String) {
        taken[endpoint.server, default: 0] += 1
        if holdings[endpoint] == nil {
            holdings[endpoint] = Holding(guest: claimant)
            visited[claimant] = endpoint
        }
        serve(claimant, endpoint)
        holdings[endpoint]?.lent += 1
    }

    /// An idle connection is lent; after a pause, what it has served begins anew.
    mutating func lend(_ endpoint: PostgreSQLEndpoint, to claimant: String, afterPause: Bool) {
        if afterPause { holdings[endpoint]?.served = 0 }
        serve(claimant, endpoint)
        lendSpare(endpoint)
    }

    /// An idle connection is lent for what counts as no use of it.
    mutating func lendSpare(_ endpoint: PostgreSQLEndpoint) {
        holdings[endpoint]?.idle -= 1
        holdings[endpoint]?.lent += 1
    }

    /// A connection comes back.
    mutating func rest(_ endpoint: PostgreSQLEndpoint) {
        holdings[endpoint]?.lent -= 1
        holdings[endpoint]?.idle += 1
    }

    /// A slot comes back without a connection.
    mutating func close(lent endpoint: PostgreSQLEndpoint) {
        holdings[endpoint]?.lent -= 1
        leave(endpoint)
    }

    /// An idle connection is closed.
    mutating func close(idle endpoint: PostgreSQLEndpoint) {
        holdings[endpoint]?.idle -= 1
        leave(endpoint)
    }

    private mutating func serve(_ claimant: String, _ endpoint: PostgreSQLEndpoint) {
        guard var holding = holdings[endpoint] else { return }
        holding.served += 1
        if let guest = holding.guest, guest != claimant {
            holding.guest = nil
            if visited[guest] == endpoint { visited[guest] = nil }
        }
        holdings[endpoint] = holding
    }

    private mutating func leave(_ endpoint: PostgreSQLEndpoint) {
        if let holding = holdings[endpoint], holding.count == 0 {
            holdings[endpoint] = nil
            if let guest = holding.guest, visited[guest] == endpoint { visited[guest] = nil }
        }
        taken[endpoint.server] = taken[endpoint.server].flatMap { $0 > 1 ? $0 - 1 : nil }
    }
}
