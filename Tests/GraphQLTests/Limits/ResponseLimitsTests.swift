import Testing

@testable import GraphQL

/// How large a response may become.
@Suite struct ResponseLimitsTests {
    private let document = "{ items { id kind } }"  // 1 field, and 2 for each of two items
    private let response = #"{"data":{"items":[{"id":"1","kind":"SMALL"},{"id":"2","kind":"LARGE"}]}}"#

    @Test(arguments: [(4, false), (5, true), (6, true), (nil, true)] as [(Int?, Bool)])
    func `fields of a response are limited`(_ maximum: Int?, _ isAccepted: Bool) async throws {
        var limits = Limits.off
        limits.responseFields = maximum
        let refusal = #"{"data":null,"errors":[{"message":"The response has more fields than the limit of 4."}]}"#
        #expect(try await TestService(limits: limits).respond(to: document) == (isAccepted ? response : refusal))
    }

    /// Bytes are looked at before each object: before the last there are 37, those of `{"data":` not counted.
    @Test(arguments: [(35, false), (36, true), (37, true), (nil, true)] as [(Int?, Bool)])
    func `bytes of a response are limited`(_ maximum: Int?, _ isAccepted: Bool) async throws {
        var limits = Limits.off
        limits.responseBytes = maximum
        let refusal = #"{"data":null,"errors":[{"message":"The response has more bytes than the limit of 35."}]}"#
        #expect(try await TestService(limits: limits).respond(to: document) == (isAccepted ? response : refusal))
    }

    /// And behind each error: behind the last there are both, and the bytes of the data before it.
    @Test(arguments: [(-1, false), (0, true), (1, true), (nil, true)] as [(Int?, Bool)])
    func `bytes of errors are bytes of a response`(_ more: Int?, _ isAccepted: Bool) async throws {
        func error(_ name: String, _ column: Int) -> String {
            #"{"message":"no","locations":[{"line":1,"column":\#(column)}],"path":["\#(name)"]}"#
        }
        let errors = error("a", 3) + "," + error("b", 14)
        let bytes = #"{"a":null,"b":"#.utf8.count + errors.utf8.count
        var limits = Limits.off
        limits.responseBytes = more.map { bytes + $0 }
        let response = try await TestService(limits: limits).respond(to: "{ a: failing b: failing }")
        let refusal = #"{"message":"The response has more bytes than the limit of \#(bytes - 1)."}"#
        #expect(
            response
                == (isAccepted
                    ? #"{"data":{"a":null,"b":null},"errors":[\#(errors)]}"#
                    : #"{"data":null,"errors":[\#(errors),\#(refusal)]}"#))
    }

    @Test(arguments: [9, 10, 11, 1_000])
    func `an error names at most ten places`(_ count: Int) async throws {
        let document = "{ \(String(repeating: "failing ", count: count))}"
        let places = (0..<min(count, 10)).map { #"{"line":1,"column":\#(3 + 8 * $0)}"# }.joined(separator: ",")
        #expect(
            try await TestService().respond(to: document)
                == #"{"data":{"failing":null},"errors":[{"message":"no","locations":[\#(places)],"path":["failing"]}]}"#
        )
    }
}
