import GraphQL

/// Where a page is in its list, as Relay's clients ask for it.
///
/// GraphQL Cursor Connections Specification, 5: PageInfo
struct PageInfo: ObjectOutput {
    static var typeName: String { "PageInfo" }

    let hasNextPage: Bool
    let hasPreviousPage: Bool
    let startCursor: String?
    let endCursor: String?

    static func bind(_ schema: inout SchemaBinder<APIContext>) {
        schema.object(PageInfo.self) { info in
            info.field("hasNextPage", \.hasNextPage)
            info.field("hasPreviousPage", \.hasPreviousPage)
            info.field("startCursor", \.startCursor)
            info.field("endCursor", \.endCursor)
        }
    }
}
