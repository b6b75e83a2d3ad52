import GraphQL

@testable import GraphQLHTTP

/// A schema that tells what it was asked and what arrived.
enum ToySchema {
    private static let sdl = """
        scalar Upload
        type Query { requestID: String! echo(text: String!): String! sleep: Boolean! large: String! }
        type Mutation {
          upload(file: Upload!): String!
          both(a: Upload!, b: Upload!): String!
          list(files: [Upload!]!): [String!]!
          ignore(file: Upload): Boolean!
          refuse(file: Upload): Boolean!
        }
        type Subscription { letters: String! }
        """

    /// More than the system takes of an answer that nobody reads.
    static let largeBytes = 8 << 20

    static func make(events: TestEvents) throws -> ExecutableSchema<Caller> {
        try ExecutableSchema<Caller>(Schema(Document(parsing: sdl)), present: present) { schema in
            schema.scalar("Upload", .upload())
            schema.query { query in
                query.field("requestID") { _, caller in caller.requestID }
                query.field("echo", Argument("text", as: String.self)) { _, _, text in text }
                query.field("large") { _, _ in String(repeating: "x", count: largeBytes) }
                query.field("sleep") { _, _ async throws in
                    events.note("asleep")
                    do {
                        try await Task.sleep(for: .seconds(50))
                    } catch {
                        events.note("cancelled")
                        throw error
                    }
                    return true
                }
            }
            schema.mutation { mutation in
                mutation.field("upload", Argument("file", as: ToyFile.self)) { _, _, file async throws in
                    events.note("started")
                    let text = await describe(file)
                    events.note(text)
                    return text
                }
                mutation.field(
                    "both", Argument("a", as: ToyFile.self), Argument("b", as: ToyFile.self)
                ) { _, _, first, second async throws in
                    // The other way round than they come.
                    let second = await describe(second)
                    return await describe(first) + ", " + second
                }
                mutation.field("list", Argument("files", as: [ToyFile].self)) { _, _, files async throws in
                    var texts: [String] = []
                    for file in files { texts.append(await describe(file)) }
                    return texts
                }
                // Says so when it is told to go on, and never asks for the file.
                mutation.field("refuse", Argument("file", as: ToyFile?.self)) { _, _, _ async throws in
                    events.note("asked")
                    while !events.all.contains("go on") { try await Task.sleep(for: .milliseconds(2)) }
                    return false
                }
                mutation.field("ignore", Argument("file", as: ToyFile?.self)) { _, _, _ in
                    events.note("ignored")
                    return true
                }
            }
            schema.subscription { subscription in
                subscription.stream("letters") { _ in
                    events.note("subscribed")
                    return AsyncStream { $0.finish() } as AsyncStream<String>
                }
            }
        }
    }

    private static func describe(_ upload: ToyFile) async -> String {
        do throws(UploadError) {
            let file = try await upload.file.received()
            return "\(file.fileName) \(file.contentType ?? "-") \(file.size) \(file.sha256.prefix(8))"
        } catch {
            return "\(error)"
        }
    }

    private static func present(
        _ error: GraphQLError,
        _ origin: ErrorOrigin,
        _ context: (any AnyObject & Sendable)?
    ) -> GraphQLError {
        let code =
            switch origin {
            case .syntax: "GRAPHQL_PARSE_FAILED"
            case .validation: "GRAPHQL_VALIDATION_FAILED"
            case .operationResolution: "OPERATION_RESOLUTION_FAILURE"
            case .input: "BAD_USER_INPUT"
            case .resolver, .completion, .cancellation: "INTERNAL_SERVER_ERROR"
            }
        var error = error
        error.extensions = [ObjectField("code", .string(code))]
        if let caller = context as? Caller {
            error.extensions.append(ObjectField("requestId", .string(caller.requestID)))
        }
        return error
    }
}

/// An uploaded file as an argument.
struct ToyFile: InputValue {
    static let inputShape = OutputShape.scalar(["Upload"])
    let file: UploadedFile

    init(coerced value: Value?) throws {
        guard case .opaque(let file as UploadedFile)? = value else { throw UploadError.missing }
        self.file = file
    }
}
