import Curl
import Foundation
import Synchronization
import TestSupport

/// Clients that ask through a balancer until it is over: who reads by GET, who reads by POST, and who uploads.
final class BalancedLoad: Sendable {
    private struct State {
        var answered = 0
        var repeated: [String] = []
        var lost: [String] = []
        var acknowledged: [String: TestFile] = [:]
    }

    private let isOver = Atomic(false)
    private let state = Mutex(State())

    /// Requests answered with all that was asked for.
    var answered: Int { state.withLock { $0.answered } }
    /// What POST requests were told before they were sent again.
    var repeated: [String] { state.withLock { $0.repeated } }
    /// What must not be.
    var lost: [String] { state.withLock { $0.lost } }
    /// The last file of each organization whose upload was answered.
    var acknowledged: [String: TestFile] { state.withLock { $0.acknowledged } }

    func end() {
        isOver.store(true, ordering: .relaxed)
    }

    /// Runs clients, as many of each kind as there are organizations to upload to, until `end`.
    func run(_ server: TestServer, at url: String, organizations: [String]) async throws {
        let client = HTTPTestClient(url: url)
        let token = try server.token()
        await withTaskGroup { group in
            for organization in organizations {
                group.addTask { await self.readByGET(client, token) }
                group.addTask { await self.readByPOST(client, token) }
                group.addTask { await self.upload(client, token, to: organization) }
            }
        }
    }

    private static let query = "{ connections { name agreement { fileName } } }"

    /// May be sent twice, so nginx does it.
    private func readByGET(_ client: HTTPTestClient, _ token: String) async {
        let query = Self.query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        while !isOver.load(ordering: .relaxed) {
            let answer = try? await client.send(
                .get, "/graphql?query=\(query)", headers: [(name: "Authorization", value: "Bearer \(token)")])
            note(answer.map(GraphQLAnswer.init), "a query by GET")
        }
    }

    private func readByPOST(_ client: HTTPTestClient, _ token: String) async {
        while !isOver.load(ordering: .relaxed) {
            await persist("a query by POST") { try await client.graphQL(Self.query, token: token) }
        }
    }

    /// Each file under the name of the last or under another.
    private func upload(_ client: HTTPTestClient, _ token: String, to organization: String) async {
        var number = 0
        while !isOver.load(ordering: .relaxed) {
            number += 1
            let file = TestFile.pdf("\(number % 4 / 2).pdf", seed: UInt8(number % 251), size: 100_000 + number)
            let body = MultipartBody.upload(
                operations: TestServer.uploadOperations(organization),
                fileName: #"filename="\#(file.suggestedName)""#, file.bytes)
            let isStored = await persist("an upload") {
                try await client.post(body: body.bytes, contentType: body.contentType, token: token)
            }
            if isStored { state.withLock { $0.acknowledged[organization] = file } }
        }
    }

    /// Sends a request again when nginx says that it got no answer, as a client may that knows it to change nothing, or
    /// to change the same.
    @discardableResult
    private func persist(_ what: String, _ send: () async throws -> GraphQLAnswer) async -> Bool {
        for _ in 1...5 {
            let answer = try? await send()
            guard answer?.status == 502 else { return note(answer, what) }
            state.withLock { $0.repeated.append(what) }
        }
        return note(nil, what)
    }

    @discardableResult
    private func note(_ answer: GraphQLAnswer?, _ what: String) -> Bool {
        let isGood = answer.map { $0.status == 200 && $0.errors.isEmpty } ?? false
        state.withLock {
            if isGood {
                $0.answered += 1
            } else {
                $0.lost.append("\(what): \(answer?.status ?? 0) \(answer?.text ?? "")")
            }
        }
        return isGood
    }
}
