import GraphQL

/// Where a page is among others, as Relay's clients ask for it.
///
/// GraphQL Cursor Connections Specification, 5: PageInfo
struct PageInfo: ObjectOutput {
    static var typeName: String { "PageInfo" }

    let hasNextPage: Bool
    let hasPreviousPage: Bool
    /// Nil on an empty page, as the other is.
    let startCursor: String?
    let endCursor: String?
}

extension API {
    static func bindPageInfo(_ schema: inout SchemaBinder<APIContext>) {
        schema.object(PageInfo.self) { info in
            info.field("hasNextPage", \.hasNextPage)
            info.field("hasPreviousPage", \.hasPreviousPage)
            info.field("startCursor", \.startCursor)
            info.field("endCursor", \.endCursor)
        }
    }
}
