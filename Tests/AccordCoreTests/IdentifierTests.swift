import AccordCore
import Testing

struct IdentifierTests {
    @Test(arguments: [
        "9133da7c-3b98-4673-91dc-0dc58cc8740c", "9133DA7C-3B98-4673-91DC-0DC58CC8740C",
    ])
    func `a UUID is read in either case and written in lower case`(text: String) {
        #expect(ConnectedOrgID(text)?.description == "9133da7c-3b98-4673-91dc-0dc58cc8740c")
    }

    @Test(arguments: [
        "", "9133da7c", "9133da7c3b98467391dc0dc58cc8740c", "{9133da7c-3b98-4673-91dc-0dc58cc8740c}",
        "9133da7c-3b98-4673-91dc-0dc58cc8740c ", "9133da7c-3b98-4673-91dc-0dc58cc8740cx",
        "9133da7c-3b98-4673-91dc-0dc58cc8740g", "org_01JAMWCNGWJ4R3VZ6CZ5T9M1XG",
        "9133da7c-3b98-4673-91dc-0dc58cc8740\u{0}",
    ])
    func `anything else is none`(text: String) {
        #expect(ConnectedOrgID(text) == nil)
    }

    @Test func `a tenant's database is never printed`() {
        let reference = TenantDatabaseReference(connectionURL: "postgresql://app:secret@db/acme")
        var dumped = ""
        dump(reference, to: &dumped)
        #expect("\(reference) \(String(reflecting: reference)) \(dumped)" == "(database) (database) - (database)\n")
    }
}
