import Crypto
import Testing

@testable import GraphQLHTTP

/// Multipart requests through a real socket, right and wrong, and what each is answered. The cases of graphql-upload's own
/// tests are among them.
@Suite(.timeLimit(.minutes(5)))
struct MultipartRequestTests {
    /// A request and its answer.
    struct Exchange: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let request: String
        let status: Int
        let answer: String
    }

    private static let configuration = {
        var configuration = GraphQLHTTPConfiguration()
        configuration.maximumFiles = 2
        configuration.maximumFileBytes = 1_000
        configuration.maximumFieldBytes = 200
        configuration.maximumBatch = 2
        return configuration
    }()

    @Test(arguments: received + misplaced + malformedFields + malformedPaths + malformedBodies + tooLarge + usedOften)
    func `a request is answered as it deserves`(_ exchange: Exchange) async throws {
        try await withServer(Self.configuration) { port in
            let headers = [
                "Content-Type": "multipart/form-data; boundary=b", "Authorization": "Bearer member",
                "X-Request-ID": "r1",
            ]
            let response = try await GraphQLHTTPTests.request(
                port, "POST", "/graphql", headers, body: exchange.request)
            #expect(response.body == exchange.answer)
            #expect(response.status == exchange.status)
        }
    }

    @Test(arguments: [(false, 400), (true, 200)])
    func `one file for several fields is a matter of configuration`(_ isAllowed: Bool, _ status: Int) async throws {
        var configuration = GraphQLHTTPConfiguration()
        configuration.allowsFileReuse = isAllowed
        try await withServer(configuration) { port in
            let headers = ["Content-Type": "multipart/form-data; boundary=b", "Authorization": "Bearer member"]
            let body = Self.usedOften[0].request
            let response = try await request(port, "POST", "/graphql", headers, body: body)
            #expect(response.status == status)
        }
    }

    // MARK: - The cases

    private static let received = [
        ok("no files", operations("{ requestID }", "{}"), #"{"data":{"requestID":"r1"}}"#),
        ok("a file", upload + file("0", "one"), uploaded("one")),
        ok("a file in a batch, and another", batch + file("0", "one") + file("1", "two"), batchUploaded),
        ok("files in another order than their operations", batch + file("1", "two") + file("0", "one"), batchUploaded),
        ok(
            "a list of files", list(#""0":["variables.f.0"],"1":["variables.f.1"]"#) + file("0", "a") + file("1", "b"),
            #"{"data":{"list":["\#(described("a"))","\#(described("b"))"]}}"#),
        ok(
            "one file at two places", list(#""0":["variables.f.0","variables.f.1"]"#) + file("0", "a"),
            #"{"data":{"list":["\#(described("a"))","\#(described("a"))"]}}"#),
        ok(
            "a file that nobody reads before one that is read",
            operations(
                "mutation($a: Upload, $b: Upload!) { ignore(file: $a) upload(file: $b) }", #"{"a":null,"b":null}"#,
                #""0":["variables.a"],"1":["variables.b"]"#) + file("0", "a") + file("1", "b"),
            #"{"data":{"ignore":true,"upload":"\#(described("b"))"}}"#),
        ok("a file that no entry of the map names", upload + file("9", "x") + file("0", "one"), uploaded("one")),
        ok(
            "more such files than files are allowed", upload + file("8") + file("9") + file("0", "one"), uploaded("one")
        ),
        ok("a file twice: the first counts", upload + file("0", "one") + file("0", "two"), uploaded("one")),
        ok("an empty file", upload + file("0", ""), uploaded("")),
        ok("a field where a file belongs", upload + field("0", "one"), uploaded("one", "upload -")),
        ok(
            "a file with a type and no name", upload + part("name=\"0\"", "Content-Type: text/plain", "one"),
            uploaded("one", "upload text/plain")),
        ok(
            "a file with an empty name", upload + part("name=\"0\"; filename=\"\"", "", "one"),
            uploaded("one", "upload -")),
        ok("a name in UTF-8", upload + part("name=0; filename=\"Köln.pdf\"", "", "one"), uploaded("one", "Köln.pdf -")),
        ok(
            "a name in percents, as aiohttp sends it",
            upload + part("name=\"0\"; filename=\"K%C3%B6ln.pdf\"", "", "one"),
            uploaded("one", "Köln.pdf -")),
        ok(
            "a name after RFC 8187", upload + part("name=\"0\"; filename*=UTF-8''K%C3%B6ln.pdf", "", "one"),
            uploaded("one", "Köln.pdf -")),
        ok(
            "both names, as aiohttp 3.7 sends it",
            upload + part("name=\"0\"; filename=\"K.pdf\"; filename*=utf-8''K%C3%B6ln.pdf", "", "one"),
            uploaded("one", "Köln.pdf -")),
        ok("a part without headers between the files", upload + "--b\r\n\r\nx\r\n" + file("0", "one"), uploaded("one")),
        ok(
            "a multipart body as a file",
            upload
                + part("name=\"0\"; filename=a", "Content-Type: multipart/mixed; boundary=c", "--c\r\n\r\nx\r\n--c--"),
            uploaded("--c\r\n\r\nx\r\n--c--", "a multipart/mixed; boundary=c")),
        ok("a preamble", "This is multipart.\r\n" + upload + file("0", "one"), uploaded("one")),
        Exchange("an epilogue", upload + file("0", "one") + "--b--\r\n--b\r\nwhatever", 200, uploaded("one")),
        Exchange("no line end behind the last boundary", upload + file("0", "one") + "--b--", 200, uploaded("one")),
        ok("a file that does not come", upload, #"{"data":{"upload":"missing"}}"#),
        Exchange(
            "a last boundary that does not come", upload + file("0", "one"), 200, #"{"data":{"upload":"interrupted"}}"#),
    ]

    private static let misplaced =
        [
            ("nothing", ""), ("map and operations", field("map", "{}") + field("operations", "{}")),
            ("a file first", file("0") + field("operations", "{}") + field("map", "{}")),
            ("no operations", field("map", "{}") + file("0")), ("a part without headers first", "--b\r\n\r\nx\r\n"),
            ("operations under another name", field("Operations", "{}")),
        ].map { misordered($0, $1, "operations") }
        + [
            ("no map", field("operations", "{}")),
            ("a file before the map", field("operations", "{}") + file("0") + field("map", "{}")),
            ("operations twice", field("operations", "{}") + field("operations", "{}")),
        ].map { misordered($0, $1, "map") } + [
            // It is a part that no entry names.
            ok("the map twice", upload + field("map", "{}") + file("0", "one"), uploaded("one"))
        ]

    private static let malformedFields =
        ["null", "true", #""""#, "7"].map {
            bad(
                "operations that are \($0)", field("operations", $0) + map(""),
                #"The field \"operations\" must be a JSON object."#)
        }
        + ["null", "true", #""""#, "7", "[]"].map {
            bad(
                "a map that is \($0)", field("operations", "{}") + field("map", $0),
                #"The field \"map\" must be a JSON object."#)
        }
        + ["null", "7", #""variables.f""#, "{}"].map {
            bad(
                "an entry that is \($0)", field("operations", "{}") + map(#""0":\#($0)"#),
                #"The entry \"0\" of the field \"map\" must be a list of paths."#)
        }
        + ["null", "7", "[]", "{}"].map {
            bad(
                "a path that is \($0)", field("operations", "{}") + map(#""0":[\#($0)]"#),
                #"The entry \"0\" of the field \"map\" must be a list of strings."#)
        }
        + [
            bad("an empty batch", field("operations", "[]") + map(""), "A batch must have at least one operation."),
            bad(
                "operations that are no JSON", field("operations", "{ x }") + map("") + file("0"),
                #"The field \"operations\" is not valid JSON: Expected a member's name at byte 2."#),
            bad(
                "operations that are no JSON, and a file that is too large",
                field("operations", "{ x }") + map("") + file("0", String(repeating: "x", count: 60_000)),
                #"The field \"operations\" is not valid JSON: Expected a member's name at byte 2."#),
            bad(
                "a map that is no JSON", field("operations", "{}") + field("map", "{ x }") + file("0"),
                #"The field \"map\" is not valid JSON: Expected a member's name at byte 2."#),
            bad(
                "an entry twice", field("operations", "{}") + map(#""0":[],"0":[]"#),
                #"The field \"map\" is not valid JSON: Duplicate member name at byte 8."#),
        ]

    private static let malformedPaths =
        [
            "", ".", "variables", "variables.", "variables.x", "variables.f.0", "variables.f.f", "query",
            "operationName",
            "0.variables.f", "__proto__", "__proto__.f", "variables.__proto__.f", "variables.constructor.prototype.f",
            "variables.toString", "f", "VARIABLES.f", "variables..f", "variables.f.", " variables.f", "variables[f]",
            "variables/f", "variables.l.-1", "variables.l.1", "variables.l.00", "variables.l.0x0", "variables.l.+0",
            "variables.l.0.0", "variables.l.length", "variables.l.18446744073709551616", "variables.t",
        ].map { path in
            bad(
                "the path \"\(path)\"",
                field("operations", #"{"query":null,"operationName":null,"variables":{"f":null,"l":[null],"t":""}}"#)
                    + map(#""0":["\#(path)"]"#) + file("0"),
                #"The entry \"0\" of the field \"map\" names the path \"\#(path)\", where \"operations\" has no null."#)
        }
        + ["", "7", "[]", "null"].map {
            bad(
                "variables that are \($0)",
                field("operations", $0.isEmpty ? "{}" : #"{"variables":\#($0)}"#) + map(#""0":["variables.f"]"#),
                #"The entry \"0\" of the field \"map\" names the path \"variables.f\", where \"operations\" has no null."#
            )
        }
        + [
            bad(
                "a place that is taken",
                operations(uploadQuery, #"{"f":null}"#, #""0":["variables.f"],"1":["variables.f"]"#),
                #"The entry \"1\" of the field \"map\" names the path \"variables.f\", where \"operations\" has no null."#
            )
        ]

    private static let malformedBodies = [
        raw("an empty body", "", cutOff),
        raw("another boundary", "--c\r\n\r\n\r\n--c--", cutOff),
        raw("a head that breaks off", "--b\r\nContent-Disposition", cutOff),
        raw("fields that break off", operations("{ requestID }", "{}"), cutOff),
        raw("a field that breaks off", String(operations("{ requestID }", "{}").dropLast(3)), cutOff),
        raw("lines that end in LF", (upload + file("0") + "--b--").replacing("\r\n", with: "\n"), noLineEnd),
        raw("lines that end in CR", (upload + file("0") + "--b--").replacing("\r\n", with: "\r"), noLineEnd),
        raw("a boundary that goes on", "--bc\r\n\r\n\r\n--bc--", noLineEnd),
        raw(
            "a head that begins with a space", "--b\r\n Content-Disposition: form-data\r\n\r\n",
            "The headers of a part are malformed."),
        raw("a head without a colon", "--b\r\nContent-Disposition\r\n\r\n", "The headers of a part are malformed."),
        raw(
            "a quotation mark that is missing", "--b\r\nContent-Disposition: form-data; name=\"0\r\n\r\n",
            "The headers of a part are malformed."),
        raw(
            "another disposition", "--b\r\nContent-Disposition: attachment\r\n\r\n",
            "The headers of a part are malformed."),
        raw(
            "a nested multipart body as operations",
            part("name=operations", "Content-Type: multipart/mixed; boundary=c", "--c\r\n\r\n{}\r\n--c--") + map("")
                + "--b--",
            #"The field \"operations\" is not valid JSON: Expected a digit at byte 1."#),
        raw(
            "a file in base64", upload + part("name=\"0\"", "Content-Transfer-Encoding: base64", "YQ==") + "--b--",
            malformed("A part has a Content-Transfer-Encoding; send it in binary, without one."), 200),
        raw(
            "operations in quoted-printable",
            part("name=operations", "Content-Transfer-Encoding: quoted-printable", "{}") + "--b--",
            "A part has a Content-Transfer-Encoding; send it in binary, without one."),
    ]

    private static let tooLarge = [
        ok(
            "a file as large as may be", upload + file("0", String(repeating: "x", count: 1_000)),
            uploaded(String(repeating: "x", count: 1_000))),
        Exchange(
            "a file that is too large", upload + file("0", String(repeating: "x", count: 1_001)) + "--b--", 413,
            #"{"data":{"upload":"tooLarge(limit: 1000)"}}"#),
        Exchange(
            "a file that is too large before one that is not",
            list(#""0":["variables.f.0"],"1":["variables.f.1"]"#) + file("0", String(repeating: "x", count: 1_001))
                + file("1") + "--b--",
            413, #"{"data":{"list":["tooLarge(limit: 1000)","tooLarge(limit: 1000)"]}}"#),
        large(
            "too many files", field("operations", "{}") + map(#""0":[],"1":[],"2":[]"#),
            "A request may carry at most 2 files."),
        large(
            "operations that are too large", field("operations", "{}" + String(repeating: " ", count: 199)),
            #"The field \"operations\" is larger than 200 bytes."#),
        large(
            "a map that is too large",
            field("operations", "{}") + field("map", "{}" + String(repeating: " ", count: 199)),
            #"The field \"map\" is larger than 200 bytes."#),
        large(
            "a path of many segments",
            field("operations", "{}") + map(#""0":["variables\#(String(repeating: ".a", count: 20_000))"]"#),
            #"The field \"map\" is larger than 200 bytes."#),
        ok(
            "too many parts", upload + String(repeating: file("9"), count: 17),
            malformed("The multipart body has more than 18 parts.")),
    ]

    private static let usedOften = [
        bad(
            "a variable for two fields",
            operations(
                "mutation($f: Upload!) { a: upload(file: $f) b: upload(file: $f) }", #"{"f":null}"#,
                #""0":["variables.f"]"#) + file("0"),
            usedTwice),
        bad(
            "a variable for two arguments",
            operations("mutation($f: Upload!) { both(a: $f, b: $f) }", #"{"f":null}"#, #""0":["variables.f"]"#)
                + file("0"), usedTwice),
        bad(
            "a variable twice in a list",
            operations("mutation($f: Upload!) { list(files: [$f, $f]) }", #"{"f":null}"#, #""0":["variables.f"]"#)
                + file("0"), usedTwice),
        bad(
            "a list for two fields",
            operations(
                "mutation($f:[Upload!]!) {a:list(files:$f) b:list(files:$f)}", #"{"f":[null]}"#,
                #""0":["variables.f.0"]"#) + file("0"),
            usedTwice),
        bad(
            "a variable in a fragment that is spread twice",
            operations(
                "mutation($f:Upload!){...F ...F} fragment F on Mutation{upload(file:$f)}", #"{"f":null}"#,
                #""0":["variables.f"]"#)
                + file("0"), usedTwice),
        ok(
            "a variable in a fragment that is spread once",
            operations(
                "mutation($f:Upload!){...F} fragment F on Mutation{upload(file:$f)}", #"{"f":null}"#,
                #""0":["variables.f"]"#)
                + file("0", "one"), uploaded("one")),
        ok(
            "another variable for two fields",
            operations("query($t: String!) { a: echo(text: $t) b: echo(text: $t) }", #"{"t":"x"}"#),
            #"{"data":{"a":"x","b":"x"}}"#),
    ]

    // MARK: - Their parts

    private static let uploadQuery = "mutation($f: Upload!) { upload(file: $f) }"
    private static let upload = operations(uploadQuery, #"{"f":null}"#, #""0":["variables.f"]"#)
    private static let batch =
        field(
            "operations",
            #"[{"query":"mutation($f:Upload!){upload(file:$f)}","variables":{"f":null}},{"query":"mutation($f:Upload!){upload(file:$f)}","variables":{"f":null}}]"#
        )
        + map(#""0":["0.variables.f"],"1":["1.variables.f"]"#)
    private static let batchUploaded = "[\(uploaded("one")),\(uploaded("two"))]"

    private static let cutOff = "The request body ends before it is complete."
    private static let noLineEnd = "A boundary in the multipart body is not followed by a line end (CR LF)."
    private static let usedTwice = #"The variable \"$f\" holds a file, so the operation may use it only once."#

    private static func part(_ disposition: String, _ header: String, _ content: String) -> String {
        "--b\r\nContent-Disposition: form-data; \(disposition)\r\n\(header)\(header.isEmpty ? "" : "\r\n")\r\n\(content)\r\n"
    }

    private static func field(_ name: String, _ content: String) -> String { part("name=\"\(name)\"", "", content) }

    private static func map(_ entries: String) -> String { field("map", "{\(entries)}") }

    private static func file(_ name: String, _ content: String = "x") -> String {
        part("name=\"\(name)\"; filename=\"a.pdf\"", "Content-Type: application/pdf", content)
    }

    private static func operations(_ query: String, _ variables: String, _ entries: String = "") -> String {
        field("operations", #"{"query":"\#(query)","variables":\#(variables)}"#) + map(entries)
    }

    private static func list(_ entries: String) -> String {
        operations("mutation($f: [Upload!]!) { list(files: $f) }", #"{"f":[null,null]}"#, entries)
    }

    private static func described(_ content: String, _ name: String = "a.pdf application/pdf") -> String {
        let digest = SHA256.hash(data: Array(content.utf8)).prefix(4)
        let hash = digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        return "\(name) \(content.utf8.count) \(hash)"
    }

    private static func uploaded(_ content: String, _ name: String = "a.pdf application/pdf") -> String {
        #"{"data":{"upload":"\#(described(content, name))"}}"#
    }

    /// What the resolver was told of a file.
    private static func malformed(_ message: String) -> String {
        #"{"data":{"upload":"malformed(\"\#(message)\")"}}"#
    }

    /// A whole body that is executed.
    private static func ok(_ title: String, _ body: String, _ answer: String) -> Exchange {
        Exchange(title, body + "--b--\r\n", 200, answer)
    }

    /// A whole body that is refused.
    private static func bad(_ title: String, _ body: String, _ message: String) -> Exchange {
        raw(title, body + "--b--\r\n", message)
    }

    private static func misordered(_ title: String, _ body: String, _ field: String) -> Exchange {
        bad(
            title, body,
            #"A multipart request has the field \"operations\" first, then \"map\", then the files; the field \"\#(field)\" is missing or misplaced."#
        )
    }

    /// A whole body in which something is too large.
    private static func large(_ title: String, _ body: String, _ message: String) -> Exchange {
        Exchange(title, body + "--b--\r\n", 413, error(message, "REQUEST_TOO_LARGE"))
    }

    /// A body as it stands: refused, unless it is said how it is answered.
    private static func raw(_ title: String, _ body: String, _ answer: String, _ status: Int = 400) -> Exchange {
        Exchange(title, body, status, status == 400 ? error(answer, "BAD_USER_INPUT") : answer)
    }

    private static func error(_ message: String, _ code: String) -> String {
        #"{"errors":[{"message":"\#(message)","extensions":{"code":"\#(code)","requestId":"r1"}}]}"#
    }
}

extension MultipartRequestTests.Exchange {
    fileprivate init(_ title: String, _ request: String, _ status: Int, _ answer: String) {
        self.init(testDescription: title, request: request, status: status, answer: answer)
    }
}
