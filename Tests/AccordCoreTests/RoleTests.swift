import AccordCore
import Testing

struct RoleTests {
    @Test(arguments: [
        (nil as String?, Role.viewer), ("viewer", .viewer), ("member", .member), ("user", .member), ("admin", .admin),
        ("org_admin", .admin),
        ("super_admin", .superAdmin), ("owner", .viewer), ("Admin", .viewer), ("", .viewer),
    ])
    func `a claim names a role, and an unknown or missing one is a viewer`(claim: String?, role: Role) {
        #expect(Role(claim: claim) == role)
    }

    @Test func `each role may do what those before it may`() {
        #expect(Role.allCases == [.viewer, .member, .admin, .superAdmin])
        #expect(Role.allCases.sorted() == Role.allCases)
    }
}
