import AccordCore
import Tracing

// The ports that ask databases, each call of them in a span of its own.

struct TracedTenantDirectory: TenantDirectory {
    let directory: any TenantDirectory
    let tracer: any Tracer

    func tenant(of organization: TokenOrganization) async throws(AccordError) -> Tenant? {
        try await tracer.spanning("tenants.find") { () async throws(AccordError) in
            try await directory.tenant(of: organization)
        }
    }
}

struct TracedUserDirectory: UserDirectory {
    let directory: any UserDirectory
    let tracer: any Tracer

    func user(subject: String) async throws(AccordError) -> User? {
        try await tracer.spanning("users.find") { () async throws(AccordError) in
            try await directory.user(subject: subject)
        }
    }
}

struct TracedConnectionRepository: ConnectionRepository {
    let repository: any ConnectionRepository
    let tracer: any Tracer

    func connections(
        of organization: OrganizationID, for tenant: Tenant
    ) async throws(AccordError) -> [Connection] {
        try await tracer.spanning("connections.list") { () async throws(AccordError) in
            try await repository.connections(of: organization, for: tenant)
        }
    }

    func status(
        of organization: OrganizationID, with other: ConnectedOrgID, for tenant: Tenant
    ) async throws(AccordError) -> ConnectionStatus? {
        try await tracer.spanning("connections.status") { () async throws(AccordError) in
            try await repository.status(of: organization, with: other, for: tenant)
        }
    }
}

struct TracedAgreementRepository: AgreementRepository {
    let repository: any AgreementRepository
    let tracer: any Tracer

    func agreement(of tenant: Tenant, with connectedOrgID: ConnectedOrgID) async throws(AccordError) -> Agreement? {
        try await tracer.spanning("agreements.find") { () async throws(AccordError) in
            try await repository.agreement(of: tenant, with: connectedOrgID)
        }
    }

    func agreement(of tenant: Tenant, id: AgreementID) async throws(AccordError) -> Agreement? {
        try await tracer.spanning("agreements.find") { () async throws(AccordError) in
            try await repository.agreement(of: tenant, id: id)
        }
    }

    func agreements(
        of tenant: Tenant, with connectedOrgIDs: [ConnectedOrgID]
    ) async throws(AccordError) -> [ConnectedOrgID: Agreement] {
        try await tracer.spanning("agreements.list") { () async throws(AccordError) in
            try await repository.agreements(of: tenant, with: connectedOrgIDs)
        }
    }

    func agreements(
        of tenant: Tenant, after last: ConnectedOrgID?, limit: Int
    ) async throws(AccordError) -> [Agreement] {
        try await tracer.spanning("agreements.page") { () async throws(AccordError) in
            try await repository.agreements(of: tenant, after: last, limit: limit)
        }
    }

    func versions(
        of tenant: Tenant, with connectedOrgID: ConnectedOrgID, before number: Int?, limit: Int
    ) async throws(AccordError) -> [AgreementVersion] {
        try await tracer.spanning("agreements.versions") { () async throws(AccordError) in
            try await repository.versions(of: tenant, with: connectedOrgID, before: number, limit: limit)
        }
    }

    func keptVersions(
        of tenant: Tenant, after last: AgreementVersion?, limit: Int
    ) async throws(AccordError) -> [AgreementVersion] {
        try await repository.keptVersions(of: tenant, after: last, limit: limit)
    }

    func keptVersions(
        of tenant: Tenant, at keys: [ObjectKey]
    ) async throws(AccordError) -> [ObjectKey: AgreementVersion] {
        try await repository.keptVersions(of: tenant, at: keys)
    }

    func organizations(
        of tenant: Tenant, keepingMoreThan count: Int, after last: ConnectedOrgID?, limit: Int
    ) async throws(AccordError) -> [ConnectedOrgID] {
        try await repository.organizations(of: tenant, keepingMoreThan: count, after: last, limit: limit)
    }

    func hasIntent(_ id: IntentID, of tenant: Tenant) async throws(AccordError) -> Bool {
        try await repository.hasIntent(id, of: tenant)
    }

    func change<Result: Sendable>(
        of tenant: Tenant, with connectedOrgID: ConnectedOrgID,
        _ body: (any AgreementChange) async throws(AccordError) -> Result
    ) async throws(AccordError) -> Result {
        try await tracer.spanning("agreements.change") { () async throws(AccordError) in
            try await repository.change(of: tenant, with: connectedOrgID, body)
        }
    }

    func changeUnlessHeld<Result: Sendable>(
        of tenant: Tenant, with connectedOrgID: ConnectedOrgID,
        _ body: (any AgreementChange) async throws(AccordError) -> Result
    ) async throws(AccordError) -> Result? {
        try await tracer.spanning("agreements.recover") { () async throws(AccordError) in
            try await repository.changeUnlessHeld(of: tenant, with: connectedOrgID, body)
        }
    }

    func withIntents<Result: Sendable>(
        of tenant: Tenant, after last: ConnectedOrgID?, limit: Int, _ body: ([ConnectedOrgID]) async -> Result
    ) async throws(AccordError) -> Result? {
        try await repository.withIntents(of: tenant, after: last, limit: limit, body)
    }
}
