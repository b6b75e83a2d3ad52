import AccordCore
import Foundation

extension DemoData {
    /// The demo: a maker of motor controls and an electrical distributor, both customers of this system, and six
    /// organizations around them. Each customer has connections of every status in both directions.
    package static let standard: DemoData = {
        let brightwater = organization("brightwater", "Brightwater Controls", type: "manufacturer")
        let harborline = organization("harborline", "Harborline Supply", type: "distributor")
        // The organization that the requests in the documentation name; both customers are connected to it.
        let keystone = organization(
            "keystone", "Keystone Electric", type: "distributor", id: "9133DA7C-3B98-4673-91DC-0DC58CC8740C")
        let summit = organization("summit", "Summit Lighting", type: "manufacturer")
        let cobalt = organization("cobalt", "Cobalt Fasteners", type: "manufacturer")
        let meridian = organization("meridian", "Meridian Wire & Cable", type: "manufacturer")
        let orchard = organization("orchard", "Orchard Valley Distribution", type: "distributor")
        let prairie = organization("prairie", "Prairie State Électrique", type: "distributor")

        let makers = customer(
            brightwater, token: "org_01J8Q2V9Z4BRGHTWATER0CNTR1",
            users: [
                ("vera.lindqvist", "viewer"), ("marcus.okafor", "member"),
                ("adele.fontaine", "admin"), ("simon.achterberg", "super_admin"),
            ])
        let distributors = customer(
            harborline, token: "org_01J8Q2VB7THARB0RSVPP1Y00A2",
            users: [
                ("victor.almeida", "viewer"), ("mina.takahashi", "member"),
                ("aisha.rahman", "admin"), ("stella.novak", "super_admin"),
            ])

        return DemoData(
            organizations: [brightwater, harborline, keystone, summit, cobalt, meridian, orchard, prairie],
            customers: [makers, distributors],
            connections: [
                connection(brightwater, keystone, .active),
                connection(brightwater, harborline, .active),
                connection(summit, brightwater, .active),
                connection(brightwater, cobalt, .pending),
                connection(meridian, brightwater, .pending),
                connection(brightwater, orchard, .rejected),
                connection(prairie, brightwater, .rejected),

                connection(harborline, keystone, .active),
                connection(meridian, harborline, .active),
                connection(harborline, orchard, .pending),
                connection(summit, harborline, .pending),
                connection(harborline, cobalt, .rejected),
                connection(prairie, harborline, .rejected),

                // Of others; no customer may see it.
                connection(keystone, prairie, .active),
            ],
            agreements: [
                agreement(makers, harborline, "Distribution Agreement 2026.pdf", day: 0),
                agreement(makers, summit, "Summit Lighting – supply terms.pdf", day: 12),
                agreement(distributors, keystone, "Keystone framework agreement.pdf", day: 3),
                agreement(distributors, meridian, "Meridian_pricing_annex.pdf", day: 20),
            ]
        )
    }()

    private static func organization(
        _ label: String, _ name: String, type: String, id: String? = nil
    ) -> Organization {
        Organization(
            id: id.flatMap { UUID(uuidString: $0) } ?? UUID(demo: "organizations/\(label)"),
            name: name, type: type, domain: "\(label).example")
    }

    private static func customer(
        _ organization: Organization, token: String, users: [(name: String, role: String)]
    ) -> Customer {
        let url = String(organization.domain.prefix { $0 != "." })
        return Customer(
            id: TenantID(UUID(demo: "tenants/\(url)")),
            tokenOrganization: TokenOrganization(token),
            url: url,
            organization: organization,
            users: users.map { name, role in
                let email = "\(name)@\(organization.domain)"
                let id = UserID(UUID(demo: "users/\(email)"))
                let subject = "user_01" + id.description.filter { $0 != "-" }.prefix(24).uppercased()
                return User(id: id, subject: subject, email: email, role: role)
            }
        )
    }

    private static func connection(
        _ requester: Organization, _ target: Organization, _ status: Connection.Status
    ) -> Connection {
        Connection(
            id: UUID(demo: "connections/\(requester.domain)/\(target.domain)"),
            requester: requester, target: target, status: status)
    }

    private static func agreement(
        _ customer: Customer, _ other: Organization, _ fileName: String, day: Int
    ) -> Agreement {
        let names = "\(customer.organization.name) and \(other.name)"
        let pdf = DemoPDF(
            title: String(fileName.dropLast(".pdf".count)),
            lines: [
                "between \(names)", "",
                "1. The parties exchange orders, prices and stock figures through their connection.",
                "2. Each party keeps the other's figures to itself.",
                "3. Either party may end this agreement with three months' notice.", "",
                "This is a made-up document of the Accord demo.",
            ])
        return Agreement(
            id: AgreementID(UUID(demo: "agreements/\(customer.url)/\(other.domain)")),
            customer: customer, connectedOrganization: other, fileName: fileName,
            // From 5 January 2026, 09:30 UTC.
            createdAt: Date(timeIntervalSince1970: 1_767_605_400 + Double(day) * 86_400),
            content: pdf.bytes)
    }
}
