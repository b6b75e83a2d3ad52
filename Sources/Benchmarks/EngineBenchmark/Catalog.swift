import GraphQL

/// The schema and the data of the workloads; the peer has the same.
enum Catalog {
    static let sdl = """
        type Query { items: [Item!]!, connections(first: Int!): [Connection!]! }
        type Item {
          id: ID!, name: String!, sku: String!, price: Float!, weight: Float, quantity: Int!, reserved: Int!
          active: Boolean!, note: String, updatedAt: String!
        }
        enum ConnectionStatus { PENDING ACCEPTED DECLINED }
        type Connection { id: ID!, name: String!, connectionStatus: ConnectionStatus!, agreement: Agreement }
        type Agreement { id: ID!, fileName: String!, fileSize: Int!, presignedUrl: String!, createdAt: String! }
        """

    static func schema() throws -> ExecutableSchema<NoContext> {
        let items = (0..<1_000).map(Item.init)
        let connections = (0..<25).map(Connection.init)
        return try ExecutableSchema(Schema(Document(parsing: sdl))) { schema in
            schema.query { query in
                query.field("items") { _ in items }
                query.property("connections", Argument<Int>("first")) { _, first in Array(connections.prefix(first)) }
            }
            schema.object(Item.self) { item in
                item.field("id", \.id)
                item.field("name", \.name)
                item.field("sku", \.sku)
                item.field("price", \.price)
                item.field("weight", \.weight)
                item.field("quantity", \.quantity)
                item.field("reserved", \.reserved)
                item.field("active", \.active)
                item.field("note", \.note)
                item.field("updatedAt", \.updatedAt)
            }
            schema.object(Connection.self) { connection in
                connection.field("id", \.id)
                connection.field("name", \.name)
                connection.field("connectionStatus", \.status)
                connection.field("agreement", \.agreement)
            }
            schema.object(Agreement.self) { agreement in
                agreement.field("id", \.id)
                agreement.field("fileName", \.fileName)
                agreement.field("fileSize", \.fileSize)
                agreement.field("presignedUrl", \.presignedUrl)
                agreement.field("createdAt", \.createdAt)
            }
        }
    }
}

struct Item: ObjectOutput {
    static var typeName: String { "Item" }
    let id, name, sku: String
    let price: Double
    let weight: Double?
    let quantity, reserved: Int
    let active: Bool
    let note: String?
    let updatedAt: String

    init(_ number: Int) {
        id = "item-\(number)"
        name = "Item number \(number)"
        sku = "SKU-\(number * 7919 % 100_000)"
        price = Double(number) + 0.25
        weight = number % 3 == 0 ? nil : Double(number) / 8
        quantity = number * 3
        reserved = number % 11
        active = number % 2 == 0
        note = number % 4 == 0 ? "Handle with \"care\"" : nil
        updatedAt = "2026-01-31T09:30:00Z"
    }
}

enum Status: String, EnumOutput {
    case pending = "PENDING"
    case accepted = "ACCEPTED"
    case declined = "DECLINED"
    static var typeName: String { "ConnectionStatus" }
}

struct Connection: ObjectOutput {
    static var typeName: String { "Connection" }
    let id, name: String
    let status: Status
    let agreement: Agreement?

    init(_ number: Int) {
        id = "00000000-0000-4000-8000-0000000000\(number + 10)"
        name = "Connected organization \(number)"
        status = number % 5 == 0 ? .pending : .accepted
        agreement = status == .accepted ? Agreement(number) : nil
    }
}

struct Agreement: ObjectOutput {
    static var typeName: String { "Agreement" }
    let id, fileName, presignedUrl, createdAt: String
    let fileSize: Int

    init(_ number: Int) {
        id = "agreement-\(number)"
        fileName = "Agreement \(number).pdf"
        fileSize = 100_000 + number
        presignedUrl =
            "https://files.example.com/acme/agreements/\(number)?X-Amz-Expires=3600&X-Amz-Signature=\(number)"
        createdAt = "2026-01-31T09:30:00.000Z"
    }
}
