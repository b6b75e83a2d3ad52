import AccordCore
import GraphQL

extension API {
    /// Binds the versions of agreements. Their pages are those of the GraphQL Cursor Connections Specification.
    static func bindHistory(_ schema: inout SchemaBinder<APIContext>) {
        schema.query { query in
            query.field(
                "agreementHistory", Argument<String>("connectedOrgId"), Argument<Int?>("first"),
                Argument<String?>("after")
            ) { _, context, connectedOrgID, first, after async throws in
                let viewer = try context.requireViewer()
                return try await context.recordingRefusals(of: "agreementHistory", connectedOrgID: connectedOrgID) {
                    () async throws(AccordError) in
                    try await context.agreements.history(
                        connectedOrgID: connectedOrgID, first: first, after: after, viewer: viewer)
                }
            }
        }
        schema.mutation { mutation in
            mutation.field(
                "restoreAgreement", Argument<String>("connectedOrgId"), Argument<Int>("version")
            ) { _, context, connectedOrgID, version async throws in
                let viewer = try context.requireViewer()
                let agreement = try await context.recordingRefusals(
                    of: "restoreAgreement", connectedOrgID: connectedOrgID
                ) { () async throws(AccordError) in
                    try await context.agreements.restore(
                        version: version, connectedOrgID: connectedOrgID, viewer: viewer)
                }
                context.noteChange()
                context.links.begin()
                return agreement
            }
        }
        schema.object(AgreementHistory.self) { history in
            history.field("edges") { history in history.versions.map { VersionEdge(version: $0) } }
            history.field("pageInfo") { history in
                PageInfo(
                    hasNextPage: history.hasOlder, hasPreviousPage: history.hasNewer,
                    startCursor: history.versions.first.map { AgreementHistory.cursor(of: $0) },
                    endCursor: history.versions.last.map { AgreementHistory.cursor(of: $0) })
            }
        }
        schema.object(VersionEdge.self) { edge in
            edge.field("cursor") { edge in AgreementHistory.cursor(of: edge.version) }
            edge.field("node", \.version)
        }
        schema.object(AgreementVersion.self) { version in
            version.field("version", \.number)
            version.field("fileName", \.fileName)
            version.field("fileSize", \.fileSize)
            version.field("fileSha256", \.fileSHA)
            version.field("createdById", \.createdByID.description)
            version.field("createdAt") { version in DateTime(date: version.createdAt) }
            version.field("end", \.end)
            version.field("endedAt") { version in version.endedAt.map { DateTime(date: $0) } }
            version.field("endedById") { version in version.endedByID?.description }
            version.field("isKept") { version in version.keptKey != nil }
        }
    }
}

/// One version on its page.
private struct VersionEdge: ObjectOutput {
    static var typeName: String { "AgreementVersionEdge" }

    let version: AgreementVersion
}

extension AgreementHistory: ObjectOutput {
    package static var typeName: String { "AgreementVersionConnection" }
}

extension AgreementVersion: ObjectOutput {
    package static var typeName: String { "AgreementVersion" }
}

extension AgreementVersion.End: EnumOutput {
    package static var typeName: String { "AgreementVersionEnd" }

    /// As `schema.graphql` spells it.
    package var rawValue: String {
        switch self {
        case .replaced: "REPLACED"
        case .deleted: "DELETED"
        }
    }
}
