import Glibc
import GraphQL

/// The folder with documents, data and the list of workloads.
struct Inputs {
    let folder: String

    /// One entry of `workloads.json`.
    struct Workload {
        enum Kind: String {
            case parse
            case parseSDL = "parse-sdl"
            case validate
            case execute = "exec"
            case executeAsync = "exec-async"
            case endToEnd = "e2e"
        }

        let id: String
        let kind: Kind
        let document: String
        /// The file of its schema, where it needs one.
        let schema: String?
        let variables: [ObjectField]
    }

    struct Unreadable: Error {
        let path: String
    }

    func bytes(_ name: String) throws -> [UInt8] {
        let path = folder + "/" + name
        guard let file = unsafe fopen(path, "r") else { throw Unreadable(path: path) }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe fread(&chunk, 1, chunk.count, file)
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }

    func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    func json(_ name: String) throws -> Value { try JSONParser.parse(bytes(name), maximumDepth: 64) }

    func workloads() throws -> [Workload] {
        try json("workloads.json")["workloads"].items.compactMap { entry in
            guard let kind = Workload.Kind(rawValue: entry["kind"].text) else { return nil }
            var variables: [ObjectField] = []
            if case .object(let fields)? = entry["variables"] { variables = fields }
            return Workload(
                id: entry["id"].text, kind: kind, document: entry["document"].text,
                schema: entry["schema"].map { Optional($0).text }, variables: variables)
        }
    }
}

/// Reading JSON of a known shape: what is not there is empty.
extension Value? {
    var items: [Value] { if case .list(let items)? = self { items } else { [] } }
    var text: String { optionalText ?? "" }
    var optionalText: String? { if case .string(let text)? = self { text } else { nil } }
    var flag: Bool { self == .boolean(true) }
    var integer: Int { if case .int(let number)? = self { number } else { 0 } }
    var number: Double {
        switch self {
        case .int(let number)?: Double(number)
        case .float(let number)?: number
        default: 0
        }
    }
}
