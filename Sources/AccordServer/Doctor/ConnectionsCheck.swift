import AccordAdapters

/// Whether the servers of the databases have room for the connections that Accord may open.
struct ConnectionsCheck {
    let budget: Int?
    let examinations: [DatabaseExamination]

    func run() -> CheckResult {
        guard let budget else {
            return CheckResult(.connections, .notChecked(since: "ACCORD_DATABASE_CONNECTIONS can't be used"))
        }
        // All connections may lead to one server.
        var servers: Set<String> = []
        let asked = examinations.filter { $0.inspection != nil && servers.insert($0.server).inserted }
        guard !asked.isEmpty else {
            return CheckResult(.connections, .notChecked(since: DatabaseChecks.noAnswer))
        }
        let findings = asked.compactMap { examination -> Finding? in
            guard var room = examination.inspection?.room else { return nil }
            // A tenant's role has one for its tenant's sake.
            if examination.target.record != nil { room.ownLimit = nil }
            guard budget > room.free else { return nil }
            let own = room.ownLimit.map { ", \($0) for this role and database" } ?? ""
            return Finding(
                .connections,
                """
                ACCORD_DATABASE_CONNECTIONS is \(budget), but the server \(examination.server) has room for \
                \(max(0, room.free)): max_connections is \(room.maximum)\(own), \(room.reserved) are reserved, \
                \(room.usedByOthers) are in use by others.
                """,
                why: "A connection that the server refuses is a request that fails with DATABASE_UNAVAILABLE.",
                remedy: room.free >= 2
                    ? "Set ACCORD_DATABASE_CONNECTIONS to at most \(room.free), or raise max_connections."
                    : "Raise max_connections of the server: ACCORD_DATABASE_CONNECTIONS can't be less than 2.")
        }
        let rooms = asked.compactMap { examination in examination.inspection.map { "\($0.room.free)" } }
        return CheckResult(
            .connections, findings, passed: "\(budget) wanted, room for \(rooms.joined(separator: ", "))")
    }
}
