import GraphQL

/// The data of the execution workloads, read before the clock starts.
struct Catalog: Sendable {
    let items: [Item]
    let tree: [Branch]
    let slow: [SlowItem]
    let connections: [Connection]

    init(_ json: Value) {
        items = json["items"].items.map(Item.init)
        tree = json["tree"].items.map(Branch.init)
        slow = json["slow"].items.map(SlowItem.init)
        connections = json["connections"].items.map(Connection.init)
    }
}

struct Item: ObjectOutput {
    static var typeName: String { "Item" }
    let id, name, email: String
    let age: Int
    let score: Double
    let active: Bool
    let country, city: String
    let note: String?
    let count: Int

    init(_ json: Value) {
        (id, name, email) = (json["id"].text, json["name"].text, json["email"].text)
        (age, score, active) = (json["age"].integer, json["score"].number, json["active"].flag)
        (country, city) = (json["country"].text, json["city"].text)
        (note, count) = (json["note"].optionalText, json["count"].integer)
    }
}

struct Branch: ObjectOutput {
    static var typeName: String { "Branch" }
    let id: String
    let leaves: [Leaf]

    init(_ json: Value) {
        id = json["id"].text
        leaves = json["leaves"].items.map(Leaf.init)
    }
}

struct Leaf: ObjectOutput {
    static var typeName: String { "Leaf" }
    let a: Int
    let b: String
    let c: Double
    let d: Bool
    let e: String?

    init(_ json: Value) {
        (a, b, c) = (json["a"].integer, json["b"].text, json["c"].number)
        (d, e) = (json["d"].flag, json["e"].optionalText)
    }
}

struct SlowItem: ObjectOutput {
    static var typeName: String { "SlowItem" }
    let x: Int
    let y: String
    let z: Double

    init(_ json: Value) { (x, y, z) = (json["x"].integer, json["y"].text, json["z"].number) }
}

enum Status: String, EnumOutput, EnumInput {
    static var typeName: String { "Status" }
    case active = "ACTIVE"
    case pending = "PENDING"
    case closed = "CLOSED"
}

struct Connection: ObjectOutput {
    static var typeName: String { "Connection" }
    let id, name: String
    let status: Status
    let createdAt, institution: String
    let reference: String?
    let agreement: Agreement

    init(_ json: Value) {
        (id, name, status) = (json["id"].text, json["name"].text, Status(rawValue: json["status"].text) ?? .closed)
        (createdAt, institution) = (json["createdAt"].text, json["institution"].text)
        reference = json["reference"].optionalText
        agreement = Agreement(json["agreement"] ?? .null)
    }
}

struct Agreement: ObjectOutput {
    static var typeName: String { "Agreement" }
    let id: String
    let acceptedAt: String?
    let validDays, historyDays: Int
    let scopes: [String]
    let party: Party
    let terms: [Term]

    init(_ json: Value) {
        (id, acceptedAt) = (json["id"].text, json["acceptedAt"].optionalText)
        (validDays, historyDays) = (json["validDays"].integer, json["historyDays"].integer)
        scopes = json["scopes"].items.map { Optional($0).text }
        party = Party(json["party"] ?? .null)
        terms = json["terms"].items.map(Term.init)
    }
}

struct Party: ObjectOutput {
    static var typeName: String { "Party" }
    let id, name, country: String

    init(_ json: Value) { (id, name, country) = (json["id"].text, json["name"].text, json["country"].text) }
}

struct Term: ObjectOutput {
    static var typeName: String { "Term" }
    let key, value: String

    init(_ json: Value) { (key, value) = (json["key"].text, json["value"].text) }
}

struct ConnectionPage: ObjectOutput {
    static var typeName: String { "ConnectionPage" }
    let totalCount: Int
    let pageInfo: PageInfo
    let edges: [ConnectionEdge]
}

struct PageInfo: ObjectOutput {
    static var typeName: String { "PageInfo" }
    let hasNextPage: Bool
    let endCursor: String?
}

struct ConnectionEdge: ObjectOutput {
    static var typeName: String { "ConnectionEdge" }
    let node: Connection
}
