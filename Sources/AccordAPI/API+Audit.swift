package import AccordCore
import GraphQL

extension API {
    static func bindAudit(_ schema: inout SchemaBinder<APIContext>) {
        schema.query { query in
            query.field(
                "auditLog", Argument<Int?>("first"), Argument<String?>("after"), Argument<AuditAction?>("action")
            ) { _, context, first, cursor, action async throws in
                let viewer = try context.requireViewer()
                return try await context.recordingRefusals(of: "auditLog") { () async throws(AccordError) in
                    try await context.auditLog.page(first: first, after: cursor, action: action, viewer: viewer)
                }
            }
        }
        schema.object(AuditService.Page.self) { page in
            page.field("edges") { page in page.entries.map(AuditEdge.init) }
            page.field("pageInfo") { page in
                PageInfo(
                    hasNextPage: page.hasOlder, hasPreviousPage: page.hasNewer,
                    startCursor: page.entries.first.map(AuditService.cursor),
                    endCursor: page.entries.last.map(AuditService.cursor))
            }
        }
        schema.object(AuditEdge.self) { edge in
            edge.field("cursor") { edge in AuditService.cursor(of: edge.entry) }
            edge.field("node", \.entry)
        }
        schema.object(AuditEntry.self) { entry in
            entry.field("id") { entry in String(entry.id) }
            entry.field("recordedAt") { entry in DateTime(date: entry.recordedAt) }
            entry.field("action", \.action)
            entry.field("userId", \.userID?.description)
            entry.field("role", \.role)
            entry.field("requestId", \.requestID)
            entry.field("ipAddress", \.ipAddress)
            entry.field("connectedOrgId", \.connectedOrgID?.description)
            entry.field("agreementIds") { entry in entry.agreementIDs.map(\.description) }
            entry.field("fileName", \.details.fileName)
            entry.field("fileSize", \.details.fileSize)
            entry.field("fileSha256", \.details.fileSha)
            entry.field("errorCode", \.details.errorCode)
            entry.field("field", \.details.field)
        }
    }
}

/// An entry with its place among others.
struct AuditEdge: ObjectOutput {
    static var typeName: String { "AuditLogEdge" }

    let entry: AuditEntry
}

extension AuditService.Page: ObjectOutput {
    package static var typeName: String { "AuditLogConnection" }
}

extension AuditEntry: ObjectOutput {
    package static var typeName: String { "AuditEntry" }
}

extension AuditAction: EnumOutput, EnumInput {
    package static var typeName: String { "AuditAction" }

    /// As `schema.graphql` spells it.
    package var rawValue: String { name.uppercased() }
}
