import AccordCore
import AccordDevelopment
import TestSupport

/// What must be so when a soak is over: in the databases, in the storage and in the log.
struct SoakCheck {
    let tenants: TestTenants
    let users: [SoakUser]
    let tally: SoakTally

    /// Each row is its tenant's and as its user left it, and has its file; no file is without a row.
    func check(_ contents: TestServer.Contents) {
        let rows = Dictionary(grouping: contents.rows) { "\($0.tenant) \($0.connectedOrgID)" }
        let objects = Set(contents.objects)
        for user in users {
            let prefix = "\(user.customer.url)/agreements/\(user.partner)/"
            let row = rows["\(user.customer.url) \(user.partner)"]?.first
            let isPossible = user.belief.possible.contains { file in
                file?.name == row?.fileName && file?.sha256 == row?.fileSHA && file?.size == row?.fileSize
            }
            if !isPossible { tally.fault("\(prefix) has the row \(row as Any), possible is \(user.belief.possible)") }
            if let row {
                let author = user.customer.users[user.number - 1].id.description
                if row.key != prefix + row.fileName || row.createdByID != author || !objects.contains(row.key) {
                    let files = objects.filter { $0.hasPrefix(prefix) }
                    tally.fault("\(prefix) has the row \(row), and its files are \(files)")
                }
            }
        }
        if contents.rows.count > users.count { tally.fault("There are \(contents.rows.count) rows.") }
        for key in objects.subtracting(contents.rows.map(\.key)) { tally.fault("No row has the file \(key).") }
    }

    /// Each line about a request names the tenant of its token, the tenant's database or the central one, and the
    /// tenant's keys; and each request has its line.
    func check(log: [LogLine]) {
        let databases = Dictionary(
            uniqueKeysWithValues: tenants.members.map { ($0.customer.url, $0.database.name) })
        var answered = 0
        for line in log {
            guard let id = line["request.id"] else { continue }
            if line["message"] == "A GraphQL request was answered" {
                answered += 1
                if line["tenant"] == nil, line["code"] == nil { tally.fault("No tenant: \(line.texts)") }
            }
            let isStranger = id.hasPrefix("stranger-to-")
            let owner = String(id.trimmingPrefix("stranger-to-").prefix { $0 != "." })
            // A user that nobody knows may come with a tenant that somebody knows.
            if let tenant = line["tenant"], tenant != owner { tally.fault("Another's label: \(line.texts)") }
            if let key = line["key"], isStranger || !key.hasPrefix("\(owner)/") {
                tally.fault("Another's key: \(line.texts)")
            }
            if let database = line["database"], ![tenants.central.name, databases[owner]].contains(database) {
                tally.fault("Another's database: \(line.texts)")
            }
        }
        if answered != tally.operations {
            tally.fault("\(answered) requests are in the log, and \(tally.operations) were sent.")
        }
    }
}
