/// A privilege that the application's role lacks, or has though it must not.
package struct PrivilegeGap: Hashable, Sendable {
    package let role: String
    /// `SELECT on public.tenants`.
    package let privilege: String
    /// Whether it is lacked; else it is one too many.
    package let isLacked: Bool
}

extension [PrivilegeGap] {
    /// How many are named.
    private static var namesShown: Int { 3 }

    /// A clause about the role: `the role accord_app lacks SELECT on public.tenants`; nil where there is no gap.
    package var clause: String? {
        guard let role = first?.role else { return nil }
        let parts = [("lacks", filter(\.isLacked)), ("must not have", filter { !$0.isLacked })]
        let clauses = parts.filter { !$0.1.isEmpty }.map { verb, gaps in
            let rest = gaps.count - Self.namesShown
            return verb + " " + gaps.prefix(Self.namesShown).map(\.privilege).joined(separator: ", ")
                + (rest > 0 ? " and \(rest) more" : "")
        }
        return "the role \(role) \(clauses.joined(separator: ", and "))"
    }
}
