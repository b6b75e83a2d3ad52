import SeededRandom
import AccordCore
import AccordDevelopment
import Curl
import Foundation
import TestSupport

/// A user of a soak: asks one thing after the other, and knows what must be answered.
struct SoakUser: Sendable {
    let customer: DemoData.Customer
    /// Counted from 1; also the place of the partner whose agreement it changes.
    let number: Int
    let client: HTTPTestClient
    let tally: SoakTally
    /// Good, and those of strangers with the code that they get.
    let token: String
    let strangers: [(token: String?, code: String)]

    private(set) var belief = SoakBelief()
    private var random: SplitMix64
    private var requests = 0
    private var uploads = 0
    /// While sessions are killed, requests may fail.
    private var isCalm = false

    init(
        _ customer: DemoData.Customer, _ number: Int, client: HTTPTestClient, seed: UInt64, _ tally: SoakTally
    ) throws {
        self.customer = customer
        self.number = number
        self.client = client
        self.tally = tally
        let (subject, organization) = (customer.users[number - 1].subject, customer.tokenOrganization.description)
        token = try TestServer.token(subject: subject, organization: organization, role: "member")
        let wrong = TestTokens(keys: try TestServer.keys, subject: subject, organization: organization)
        strangers = [
            (nil, "UNAUTHENTICATED"), ("not.a.token", "UNAUTHENTICATED"), (try wrong.expired(), "UNAUTHENTICATED"),
            (try TestServer.token(subject: subject, organization: "org_nobody"), "TENANT_NOT_FOUND"),
            (try TestServer.token(subject: "nobody", organization: organization), "FORBIDDEN"),
        ]
        random = SplitMix64(state: seed)
    }

    var partner: String { DemoData.soakPartners[number - 1].id.uuidString.lowercased() }

    /// Asks until so many requests are sent.
    mutating func work(requests limit: Int) async {
        while requests < limit {
            switch Int.random(in: 0..<100, using: &random) {
            case ..<58: _ = await list()
            case ..<66: await download()
            case ..<82: await upload()
            case ..<92: await delete()
            default: await askAsStranger()
            }
        }
    }

    /// Asks once more when nothing fails any more.
    mutating func lookAgain() async {
        isCalm = true
        await download()
    }

    // MARK: - What is asked

    /// Asks for the connections.
    ///
    /// - Returns: The agreement of its own, if there is one.
    private mutating func list() async -> AgreementAnswer? {
        struct Data: Decodable {
            let connections: [ConnectionAnswer]
        }
        guard
            let answer = await ask(
                "list", "{ connections { id name connectionStatus agreement { \(TestServer.agreementFields) } } }")
        else { return nil }
        let connections = (try? answer.data(Data?.self))?.connections
        guard isAllowed(answer, orData: connections != nil) else { return nil }
        guard let connections else { return nil }
        let found = connections.map { "\($0.name) \($0.connectionStatus)" }
        let expected = DemoData.soakPartners.map { "\($0.name) ACCEPTED" } + ["Prospect of \(customer.url) PENDING"]
        if found != expected { tally.fault("\(me) was shown the connections \(found)") }
        for connection in connections {
            guard let agreement = connection.agreement else { continue }
            if !isOfTenant(agreement, with: connection.id) { tally.fault("\(me) was shown \(connection)") }
        }
        let own = connections.first { $0.id == partner }?.agreement
        // What could not be read is null.
        if answer.errors.isEmpty, !belief.allows(name: own?.fileName, size: own?.fileSize) {
            tally.fault("\(me) was shown \(own?.fileName ?? "nothing"), possible is \(belief.possible)")
        }
        return own
    }

    private mutating func download() async {
        guard let agreement = await list() else { return }
        guard let response = await send(.get, agreement.presignedUrl, "download") else { return }
        if response.status != 200 || !belief.allows(content: response.body, of: agreement.fileName) {
            let start = String(decoding: response.body.prefix(60), as: UTF8.self)
            tally.fault("\(me) downloaded \(agreement.presignedUrl): \(response.status) \(start)")
        }
    }

    private mutating func upload() async {
        uploads += 1
        let file = SoakFile(tenant: customer.url, user: number, number: uploads)
        let body = MultipartBody.upload(
            operations: TestServer.uploadOperations(partner), fileName: #"filename="\#(file.name)""#, file.bytes)
        let response = await send(
            .post, "/graphql", "upload", token: token, contentType: body.contentType, body: body.bytes)
        guard let answer = response.map(GraphQLAnswer.init), isAllowed(answer) else {
            belief.mayBe(file)
            return
        }
        let agreement = try? answer.uploaded
        if agreement.map({ isOfTenant($0, with: partner) }) != true || agreement?.fileName != file.name
            || agreement?.fileSize != file.size
        {
            tally.fault("\(me) uploaded \(file.name) and was told \(answer.text)")
        }
        belief.isCertain(file)
    }

    private mutating func delete() async {
        guard let answer = await ask("delete", "mutation { deleteAgreement(connectedOrgId: \"\(partner)\") }") else {
            belief.mayBe(nil)
            return
        }
        let wasThere = belief.possible.contains { $0 != nil }
        let wasNotThere = belief.possible.contains { $0 == nil }
        if answer.codes == ["AGREEMENT_NOT_FOUND"], wasNotThere {
            belief.isCertain(nil)
        } else if isAllowed(answer) {
            if !wasThere { tally.fault("\(me) deleted what is not there") }
            belief.isCertain(nil)
        } else {
            belief.mayBe(nil)
        }
    }

    private mutating func askAsStranger() async {
        let stranger = strangers[Int.random(in: 0..<strangers.count, using: &random)]
        guard let answer = await ask("stranger", "{ connections { name } }", as: stranger.token) else { return }
        if answer.codes == [stranger.code] {
            if answer.hasData { tally.fault("A stranger to \(me) was told \(answer.text)") }
        } else if isAllowed(answer) {
            tally.fault("A stranger to \(me) was told \(answer.text)")
        }
    }

    // MARK: - What is answered

    private var me: String { "\(customer.url).\(number)" }

    /// Whether all went well. What went wrong is taken down: as a failure that may be, without data, or as a fault.
    private func isAllowed(_ answer: GraphQLAnswer, orData isPartial: Bool = false) -> Bool {
        for code in answer.codes {
            if !isCalm, ["DATABASE_UNAVAILABLE", "TIMEOUT"].contains(code) {
                tally.failed(code)
            } else {
                tally.fault("\(me) was told \(answer.text)")
            }
        }
        if !answer.errors.isEmpty, answer.hasData, !isPartial { tally.fault("\(me) was told \(answer.text)") }
        return answer.errors.isEmpty || isPartial
    }

    /// Whether an agreement is the tenant's by its name, its link and its organization.
    private func isOfTenant(_ agreement: AgreementAnswer, with organization: String) -> Bool {
        agreement.connectedOrgId == organization && agreement.fileName.hasPrefix("\(customer.url) ")
            && agreement.presignedUrl.hasPrefix("\(client.url)/files/\(customer.url)/agreements/\(organization)/")
    }

    private mutating func ask(_ kind: String, _ document: String) async -> GraphQLAnswer? {
        await ask(kind, document, as: token)
    }

    private mutating func ask(_ kind: String, _ document: String, as token: String?) async -> GraphQLAnswer? {
        let body = try? JSONEncoder().encode(["query": document])
        return await send(
            .post, "/graphql", kind, token: token, contentType: "application/json", body: body.map(Array.init)
        ).map(GraphQLAnswer.init)
    }

    /// Sends a request. Its id begins with the tenant's url if it is one of the tenant's.
    private mutating func send(
        _ method: CurlRequest.Method, _ target: String, _ kind: String, token: String? = nil,
        contentType: String? = nil, body: [UInt8]? = nil
    ) async -> CurlResponse? {
        requests += 1
        let owner = kind == "stranger" ? "stranger-to-\(customer.url)" : customer.url
        var headers = [(name: "X-Request-ID", value: "\(owner).\(number).\(requests)")]
        if let token { headers.append((name: "Authorization", value: "Bearer \(token)")) }
        if let contentType { headers.append((name: "Content-Type", value: contentType)) }
        let start = ContinuousClock.now
        let response = try? await client.send(method, target, headers: headers, body: body)
        let duration = ContinuousClock.now - start
        tally.asked(kind, took: duration, isOperation: method == .post)
        if response == nil { tally.fault("\(me) got no answer to \(kind) \(requests)") }
        if duration > .seconds(30) { tally.fault("\(me) waited \(duration) for \(kind) \(requests)") }
        return response
    }
}

extension GraphQLAnswer {
    /// Whether there is anything under `data`.
    fileprivate var hasData: Bool {
        struct Anything: Decodable {}
        struct Response: Decodable {
            let data: Anything?
        }
        return (try? JSONDecoder().decode(Response.self, from: Data(text.utf8)))?.data.map { _ in true } ?? false
    }
}
