import GraphQL
import Testing

@testable import GraphQLHTTP

struct MultipartOperationsTests {
    private func read(_ operations: String, _ map: String) throws -> MultipartOperations {
        try MultipartOperations(
            operations: parseJSON(Array(operations.utf8), maximumDepth: 16, of: "The field \"operations\""),
            map: parseJSON(Array(map.utf8), maximumDepth: 16, of: "The field \"map\""),
            maximumFiles: 3
        )
    }

    private func file(_ value: Value?) -> UploadedFile? {
        if case .opaque(let file)? = value { file as? UploadedFile } else { nil }
    }

    @Test func `a file is put at its path`() throws {
        let request = try read(#"{"query":"","variables":{"file":null}}"#, #"{"0":["variables.file"]}"#)
        #expect(file(request.body["variables"]?["file"]) === request.files["0"])
        #expect(Array(request.files.keys) == ["0"])
    }

    @Test func `files are put into lists and input objects`() throws {
        let request = try read(
            #"{"variables":{"files":[null,null],"in":{"a":1,"file":null}}}"#,
            #"{"a":["variables.files.1"],"b":["variables.files.0"],"c":["variables.in.file"]}"#)
        guard case .list(let files)? = request.body["variables"]?["files"] else {
            Issue.record("no list")
            return
        }
        #expect(file(files[0]) === request.files["b"])
        #expect(file(files[1]) === request.files["a"])
        #expect(file(request.body["variables"]?["in"]?["file"]) === request.files["c"])
        #expect(request.body["variables"]?["in"]?["a"] == .int(1))
    }

    @Test func `one file is put at several paths`() throws {
        let request = try read(
            #"{"variables":{"a":null,"b":null}}"#, #"{"0":["variables.a","variables.b"]}"#)
        #expect(file(request.body["variables"]?["a"]) === request.files["0"])
        #expect(file(request.body["variables"]?["b"]) === request.files["0"])
    }

    @Test func `an entry without paths makes a file that nobody uses`() throws {
        #expect(try read(#"{"variables":{}}"#, #"{"0":[]}"#).files.count == 1)
    }

    @Test(arguments: [
        ("[]", "{}", "Batches of operations are not accepted."),
        ("1", "{}", #"The field "operations" must be a JSON object."#),
        ("{}", "[]", #"The field "map" must be a JSON object."#),
        ("{}", "null", #"The field "map" must be a JSON object."#),
        ("{}", #"{"0":"variables.a"}"#, #"The entry "0" of the field "map" must be a list of paths."#),
        ("{}", #"{"0":[1]}"#, #"The entry "0" of the field "map" must be a list of strings."#),
        ("{}", #"{"0":[],"1":[],"2":[],"3":[]}"#, "A request may carry at most 3 files."),
    ])
    func `a malformed field is refused`(_ operations: String, _ map: String, _ message: String) {
        let refusal = #expect(throws: HTTPRefusal.self) { try read(operations, map) }
        #expect(refusal?.error.message == message)
    }

    @Test func `a path of 20,000 segments is refused`() {
        let path = "variables" + String(repeating: ".a", count: 20_000)
        #expect(throws: HTTPRefusal.self) { try read(#"{"variables":{"a":{"a":null}}}"#, #"{"0":["\#(path)"]}"#) }
    }

    @Test(arguments: [
        "", ".", "variables", "query", "operationName", "variables.", "variables.other", "variables.file.x",
        "variables.text", "variables.list.1", "variables.list.-1", "variables.list.x",
        "variables.list.99999999999999999999",
        "file", "__proto__.x", "variables.__proto__.x", "variables.constructor",
    ])
    func `a path to anything but a null variable is refused`(_ path: String) {
        let refusal = #expect(throws: HTTPRefusal.self) {
            try read(
                #"{"query":null,"variables":{"file":null,"text":"","list":[null]}}"#, #"{"0":["\#(path)"]}"#)
        }
        #expect(
            refusal?.error.message
                == #"The entry "0" of the field "map" names the path "\#(path.prefix(128))", where "operations" has no null."#
        )
    }
}
