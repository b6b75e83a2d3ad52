import Synchronization

// A small program to put together: protocols and structs, things made once and things made for a request.

struct IncomingRequest: Sendable {
    let id: Int
}

struct Settings: Hashable, Sendable {
    var folder = "/data"
}

protocol Storage: Sendable {
    var name: String { get }
}

struct FolderStorage: Storage {
    let name: String

    init(settings: Settings) {
        name = settings.folder
    }
}

struct BrokenStorage: Storage {
    let name = "broken"
}

/// Two types alike in all but name.
struct CentralDatabase: Hashable, Sendable {
    let url: String
}

struct TenantDatabase: Hashable, Sendable {
    let url: String
}

struct Service: Sendable {
    let storage: any Storage
    let database: TenantDatabase

    init(storage: any Storage, database: TenantDatabase) {
        self.storage = storage
        self.database = database
    }
}

/// Has an identity, so that a test sees whether there is one or more.
final class Viewer: Sendable {
    let requestID: Int

    init(_ request: IncomingRequest) {
        requestID = request.id
    }
}

struct Loader: Sendable {
    let viewer: Viewer
    let service: Service
}

struct RequestContext: Sendable {
    let viewer: Viewer
    let loader: Loader
}

/// Writes down what is made, in order.
final class Journal: Sendable {
    private let lines = Mutex<[String]>([])

    var entries: [String] {
        lines.withLock { $0 }
    }

    func note<Value>(_ line: String, _ value: Value) -> Value {
        lines.withLock { $0.append(line) }
        return value
    }
}

/// Parts that need each other or what isn't there.
struct Hen: Sendable {}
struct Egg: Sendable {}
struct Nest: Sendable {}
struct Farm: Sendable {}
