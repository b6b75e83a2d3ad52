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
}
