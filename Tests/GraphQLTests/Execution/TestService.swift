import GraphQL
import Synchronization

/// A small service that the tests of execution ask.
struct TestService {
    let schema: ExecutableSchema<TestContext>
    let context = TestContext()

    init(limits: Limits = Limits()) throws {
        schema = try ExecutableSchema(Schema(Document(parsing: ExecutionTests.sdl)), limits: limits) { schema in
            schema.query { query in
                query.field("items") { _ in Item.all }
                query.field("maybeItems") { _ in Item.all.map(Optional.some) }
                query.field(
                    "item", Argument<String>("id"), Argument<Double?>("scale"), Argument<[String]?>("tags"),
                    Argument<Kind?>("kind")
                ) { _, _, id, scale, tags, kind in
                    Item(
                        id: id, name: "", kind: .small, price: nil,
                        arguments: "\(id) \(scale ?? 0) \(tags ?? []) \(kind?.rawValue ?? "-")")
                }
                query.field("search") { _ in [SearchResult.item(Item.all[0]), .owner(Owner(name: "Ann"))] }
                query.field("failing") { _, _ throws -> String? in throw GraphQLError("no") }
                query.field("failingNonNull") { _, _ throws -> String in throw GraphQLError("no") }
                query.field("numbers") { _ in [[1, 2], nil, []] }
            }
            schema.mutation { mutation in
                mutation.field("add", Argument<Int>("amount")) { _, context, amount async in
                    await Task.yield()
                    return context.total.withLock { total in
                        total += amount
                        return total
                    }
                }
                mutation.field("create") { _, _ async -> Item? in Item.all[1] }
                mutation.field("fail") { _, _ async throws -> Int? in throw GraphQLError("no") }
                mutation.field("failNonNull") { _, _ async throws -> Int in throw GraphQLError("no") }
            }
            schema.object(Item.self) { item in
                item.field("id", \.id)
                item.field("name", \.name)
                item.field("kind", \.kind)
                item.field("price", \.price)
                item.field("arguments", \.arguments)
                item.batch("slow") { items, context in
                    context.batches.withLock { $0.append(items.count) }
                    return items.map { "slow \($0.id)" }
                }
                item.field("slowNullable") { _, _ async -> String? in nil }
                item.field("slowFailing") { item, _ async throws -> String in
                    if item.id == "2" { throw GraphQLError("no") }
                    return "fine"
                }
                item.field("owner") { item in item.id == "1" ? Owner(name: "Ann") : nil }
                item.field("strictOwner") { item, _ throws -> Owner in
                    guard item.id == "1" else { throw GraphQLError("Item \(item.id) has no owner.") }
                    return Owner(name: "Ann")
                }
            }
            schema.object(Owner.self) { owner in
                owner.field("name", \.name)
                owner.field("slow") { owner, _ async -> String in "slow \(owner.name)" }
                owner.field("slowFailing") { _, _ async throws -> String in throw GraphQLError("no") }
                owner.field("items") { _ in Item.all }
            }
        }
    }

    func respond(to document: String, variables: [ObjectField] = []) async throws -> String {
        let operation = try schema.prepare(document, operationName: nil).get()
        let response = await schema.execute(operation, variables: variables, context: context)
        return String(decoding: response.body, as: UTF8.self)
    }
}

final class TestContext: Sendable {
    let total = Mutex(0)
    let batches = Mutex<[Int]>([])
}

enum Kind: String, EnumOutput, EnumInput {
    case small = "SMALL"
    case large = "LARGE"
    static var typeName: String { "Kind" }
}

struct Item: ObjectOutput {
    static var typeName: String { "Item" }
    static let all = [
        Item(id: "1", name: "One \"1\"", kind: .small, price: 1.5),
        Item(id: "2", name: "Two", kind: .large, price: nil),
    ]
    var id: String
    var name: String
    var kind: Kind
    var price: Double?
    var arguments: String?
}

struct Owner: ObjectOutput {
    static var typeName: String { "Owner" }
    var name: String
}

enum SearchResult: AbstractOutput {
    case item(Item)
    case owner(Owner)

    static var typeName: String { "SearchResult" }

    func visit(_ visitor: inout AbstractVisitor) {
        switch self {
        case .item(let item): visitor(item)
        case .owner(let owner): visitor(owner)
        }
    }
}
