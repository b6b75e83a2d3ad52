import AccordCore
import FoundationEssentials
import Testing

struct ObjectKeyTests {
    private let other = ConnectedOrgID("9133DA7C-3b98-4673-91dc-0dc58cc8740c") ?? ConnectedOrgID(UUID())

    private func key(_ name: String, tenantURL: String = "acme") -> String {
        let tenant = Tenant(
            id: TenantID(UUID()), organization: TokenOrganization("org_01"), url: tenantURL, name: "Acme",
            database: TenantDatabaseReference(connectionURL: "postgresql://localhost/acme"))
        return ObjectKey(tenant: tenant, connectedOrgID: other, fileName: FileName(name)).description
    }

    @Test func `a key is tenant, agreements, organization in lower case, file name`() {
        #expect(key("Vertrag ü.pdf") == "acme/agreements/9133da7c-3b98-4673-91dc-0dc58cc8740c/Vertrag ü.pdf")
    }

    @Test func `a file name can't leave its tenant's folder`() {
        #expect(key("../../other/x.pdf") == "acme/agreements/9133da7c-3b98-4673-91dc-0dc58cc8740c/x.pdf")
    }

    @Test func `the name in a key is cut to the 500 code points of the column`() {
        let tenantURL = String(repeating: "t", count: Tenant.maximumURLLength)
        let prefix = "\(tenantURL)/agreements/9133da7c-3b98-4673-91dc-0dc58cc8740c/"
        #expect(prefix.count == 249)
        let stem = String(repeating: "a", count: 251)
        #expect(key(stem + ".pdf", tenantURL: tenantURL) == prefix + stem.dropLast(4) + ".pdf")
        #expect(key(stem.dropLast(4) + ".pdf", tenantURL: tenantURL) == prefix + stem.dropLast(4) + ".pdf")
    }

    @Test func `the name in a key is cut to 600 bytes, so that links are not too long`() {
        let prefix = "acme/agreements/9133da7c-3b98-4673-91dc-0dc58cc8740c/"
        #expect(prefix.utf8.count == 53)
        // 251 × 4 bytes and ".pdf" are 1,008 bytes; 149 × 4 and ".pdf" are 600.
        let name = String(repeating: "📄", count: 251) + ".pdf"
        #expect(key(name) == prefix + String(repeating: "📄", count: 149) + ".pdf")
    }

    @Test func `two spellings of one text are two keys, as they are to a storage`() {
        #expect(ObjectKey(stored: "a/\u{FC}.pdf") != ObjectKey(stored: "a/u\u{308}.pdf"))
        #expect(Set([ObjectKey(stored: "a/\u{FC}.pdf"), ObjectKey(stored: "a/\u{FC}.pdf")]).count == 1)
    }
}
