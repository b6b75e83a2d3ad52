import GraphQL
import HTTPTypes

/// The `operations` of a multipart request with its files in their places.
///
/// GraphQL multipart request specification
struct MultipartOperations: Sendable {
    /// The JSON of `operations`, an object or a list of them; the places named by `map` hold an `UploadedFile` each.
    let body: Value
    /// The files that must follow, by the names of their parts.
    let files: [String: UploadedFile]

    /// Makes a file for every entry of `map` and puts it into `operations`.
    init(
        operations: Value, map: Value, maximumFiles: Int, acceptsBatches: Bool = false,
        fileIsWanted: @escaping @Sendable () -> Void = {}
    ) throws(HTTPRefusal) {
        let isBatch: Bool
        switch operations {
        case .object: isBatch = false
        case .list:
            guard acceptsBatches else { throw .badRequest("Batches of operations are not accepted.") }
            isBatch = true
        default: throw .badRequest("The field \"operations\" must be a JSON object.")
        }
        guard case .object(let entries) = map else { throw .badRequest("The field \"map\" must be a JSON object.") }
        guard entries.count <= maximumFiles else {
            throw HTTPRefusal(
                .contentTooLarge, code: .requestTooLarge, "A request may carry at most \(maximumFiles) files.")
        }
        var body = operations
        var files: [String: UploadedFile] = [:]
        for entry in entries {
            guard case .list(let paths) = entry.value else {
                throw .badRequest("The entry \"\(entry.name)\" of the field \"map\" must be a list of paths.")
            }
            let file = UploadedFile(isWanted: fileIsWanted)
            files[entry.name] = file
            for path in paths {
                guard case .string(let path) = path else {
                    throw .badRequest("The entry \"\(entry.name)\" of the field \"map\" must be a list of strings.")
                }
                let segments = path.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
                // In a batch, behind the place of the operation.
                let first = segments.dropFirst(isBatch ? 1 : 0).first
                guard first.map({ $0.elementsEqual("variables".utf8) }) ?? false,
                    body.place(file, at: segments[...])
                else {
                    throw .badRequest(
                        "The entry \"\(entry.name)\" of the field \"map\" names the path \"\(path.prefix(128))\", "
                            + "where \"operations\" has no null."
                    )
                }
            }
        }
        self.body = body
        self.files = files
    }
}

extension Value {
    /// Puts `file` where a path of member names and list indices leads; false when there is no null.
    fileprivate mutating func place(_ file: UploadedFile, at path: ArraySlice<Substring.UTF8View>) -> Bool {
        guard let segment = path.first else {
            guard case .null = self else { return false }
            self = .opaque(file)
            return true
        }
        switch self {
        case .object(var fields):
            guard let index = fields.firstIndex(where: { $0.name.utf8.elementsEqual(segment) }) else { return false }
            self = .null
            defer { self = .object(fields) }
            return fields[index].value.place(file, at: path.dropFirst())
        case .list(var values):
            // As JavaScript has it: neither "+1" nor "01" is an index.
            let name = String(decoding: segment, as: UTF8.self)
            guard let index = Int(name), values.indices.contains(index), name == String(index) else { return false }
            self = .null
            defer { self = .list(values) }
            return values[index].place(file, at: path.dropFirst())
        default:
            return false
        }
    }
}
