import AccordCore
import Foundation

@testable import AccordDevelopment

extension DemoData {
    /// How many users each tenant of a soak has. The partner of the same place in `soakPartners` is the one whose
    /// agreement a user changes, and no other user does.
    static let soakUsers = 2

    /// Who all tenants have an accepted connection with: the same id in every tenant's database.
    static let soakPartners = (1...soakUsers).map { number in
        Organization(
            id: UUID(demo: "soak/partner-\(number)"), name: "Partner \(number)", type: "distributor", domain: "")
    }

    /// Tenants whose names, keys and prospects tell whose they are: `soak-01`, `soak-02` and so on.
    static func soak(tenants: Int) -> DemoData {
        var organizations = soakPartners
        var customers: [Customer] = []
        var connections: [Connection] = []
        for number in 1...tenants {
            let url = "soak-\(number < 10 ? "0" : "")\(number)"
            let own = Organization(id: UUID(demo: url), name: url, type: "manufacturer", domain: "")
            let prospect = Organization(
                id: UUID(demo: "\(url)/prospect"), name: "Prospect of \(url)", type: "distributor", domain: "")
            organizations += [own, prospect]
            customers.append(
                Customer(
                    id: TenantID(UUID(demo: "\(url)/tenant")), tokenOrganization: TokenOrganization("org_\(url)"),
                    url: url, organization: own,
                    users: (1...soakUsers).map { place in
                        User(
                            id: UserID(UUID(demo: "\(url)/user-\(place)")), subject: "user_\(url)_\(place)",
                            email: "\(place)@\(url).example", role: "member")
                    }))
            connections += soakPartners.map { relation(own, $0, .active, from: url) }
            connections.append(relation(prospect, own, .pending, from: url))
        }
        return DemoData(organizations: organizations, customers: customers, connections: connections, agreements: [])
    }

    private static func relation(
        _ requester: Organization, _ target: Organization, _ status: Connection.Status, from url: String
    ) -> Connection {
        Connection(
            id: UUID(demo: "\(url)/\(requester.name)/\(target.name)"), requester: requester, target: target,
            status: status)
    }
}
