import AccordCore
package import GraphQL

/// The contract of `schema.graphql`, with a resolver for every field.
package enum API {
    /// The text of `schema.graphql`, which the program carries in itself.
    package static var sdl: String { String(decoding: PackageResources.schema_graphql, as: UTF8.self) }

    /// The same, with the default of `expiresIn` that a server is configured to.
    private static func sdl(linkSeconds: Int) -> String {
        sdl.replacing("expiresIn: Int = 3600", with: "expiresIn: Int = \(linkSeconds)")
    }

    /// Builds the schema and binds it.
    ///
    /// - Parameters:
    ///   - limits: what a request may cost.
    ///   - planCacheBytes: how much memory prepared operations may take; none are kept when it is 0.
    ///   - linkSeconds: how long a download link works when the request doesn't say.
    /// - Returns: what requests are answered from.
    /// - Throws: `SyntaxError`, `SchemaErrors` or `BindingErrors`, with everything that is wrong: the server must not
    ///   start then.
    package static func makeSchema(
        limits: Limits = Limits(), planCacheBytes: Int = 0, linkSeconds: Int = 3_600
    ) throws -> ExecutableSchema<APIContext> {
        let schema = try Schema(Document(parsing: sdl(linkSeconds: linkSeconds), limits: .trusted))
        return try ExecutableSchema(schema, limits: limits, planCacheBytes: planCacheBytes, present: presentError) {
            schema in
            schema.scalar("Upload", .upload)
            schema.scalar("DateTime", .dateTime)
            schema.query { query in
                query.field(
                    "connections", Argument<Int?>("first"), Argument<String?>("after"),
                    Argument<ConnectionStatus?>("status"), Argument<String?>("search")
                ) { _, context, first, after, status, search async throws in
                    try await context.agreements.connections(
                        first: first, after: after, status: status, search: search, viewer: context.requireViewer())
                }
            }
            bindAgreements(&schema)
            bindHistory(&schema)
            bindAudit(&schema)
            bindPageInfo(&schema)
        }
    }

    private static func bindAgreements(_ schema: inout SchemaBinder<APIContext>) {
        schema.mutation { mutation in
            mutation.field(
                "uploadAgreement", Argument<String>("connectedOrgId"), Argument<Upload>("file")
            ) { _, context, connectedOrgID, upload async throws in
                let viewer = try context.requireViewer()
                let agreement = try await context.recordingRefusals(
                    of: "uploadAgreement", connectedOrgID: connectedOrgID
                ) { () async throws(AccordError) in
                    try await context.agreements.upload(upload.file, connectedOrgID: connectedOrgID, viewer: viewer)
                }
                context.noteChange()
                // It may have taken long: its links begin to work now.
                context.links.begin()
                return agreement
            }
            mutation.field(
                "deleteAgreement", Argument<String>("connectedOrgId")
            ) { _, context, connectedOrgID async throws in
                let viewer = try context.requireViewer()
                try await context.recordingRefusals(of: "deleteAgreement", connectedOrgID: connectedOrgID) {
                    () async throws(AccordError) in
                    try await context.agreements.delete(connectedOrgID: connectedOrgID, viewer: viewer)
                }
                context.noteChange()
                return true
            }
        }
        schema.object(Connection.self) { connection in
            connection.field("id") { $0.organizationID.description }
            connection.field("name", \.name)
            connection.field("connectionStatus", \.status)
            connection.batch("agreement") { connections, context in
                try await context.agreements.agreements(for: connections, viewer: context.requireViewer())
            }
        }
        schema.object(Agreement.self) { agreement in
            agreement.field("id") { $0.id.description }
            agreement.field("connectedOrgId") { $0.connectedOrgID.description }
            agreement.field("fileName", \.fileName)
            agreement.field("fileSize", \.fileSize)
            agreement.field("presignedUrl", Argument<Int?>("expiresIn")) { agreement, context, seconds throws in
                let url = try context.agreements.downloadURL(
                    of: agreement, expiresIn: seconds, at: context.links.time)
                context.audit.issuedURL(of: agreement.id)
                return url
            }
            agreement.field("presignedUrlExpiresAt", Argument<Int?>("expiresIn")) { _, context, seconds throws in
                DateTime(
                    date: try context.agreements.downloadURLExpiration(expiresIn: seconds, at: context.links.time))
            }
            agreement.field("createdAt") { agreement in DateTime(date: agreement.createdAt) }
        }
    }
}

extension Connection: ObjectOutput {
    package static var typeName: String { "OrganizationLiteResponse" }
}

extension Agreement: ObjectOutput {
    package static var typeName: String { "AgreementResponse" }
}

extension ConnectionStatus: EnumOutput, EnumInput {
    package static var typeName: String { "ConnectionStatus" }

    /// As `schema.graphql` spells it.
    package var rawValue: String {
        switch self {
        case .pending: "PENDING"
        case .accepted: "ACCEPTED"
        case .declined: "DECLINED"
        }
    }
}
