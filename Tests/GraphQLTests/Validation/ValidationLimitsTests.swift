import Testing

@testable import GraphQL

/// What a client could make grow without bounds.
@Suite struct ValidationLimitsTests {
    private let aborted = "Too many validation errors, error limit reached. Validation aborted."

    @Test(arguments: [99, 100, 101, 5_000])
    func `at most a hundred errors are reported, then one more that says so`(_ count: Int) throws {
        let document = "{ dog { " + String(repeating: "a ", count: count) + "} }"
        let all = (0..<count).map { #"1:\#(9 + 2 * $0) Cannot query field "a" on type "Dog"."# }
        #expect(
            try ValidationSchema.errors(of: .fieldsOnCorrectType, in: document)
                == (count <= 100 ? all : all.prefix(100) + [aborted]))
    }

    @Test(arguments: [(9_999, false), (10_000, true), (10_001, true)])
    func `behind ten thousand places no error is reported`(_ count: Int, _ isAborted: Bool) throws {
        let arguments = String(repeating: "a:1,", count: count)
        let errors = try ValidationSchema.errors(of: .uniqueArgumentNames, in: "{ x(\(arguments)) y(b:1,b:1) }")
        #expect(errors.first?.split(separator: " ").count == count + 8)
        let column = 9 + 4 * count
        let last = "1:\(column) 1:\(column + 4) There can be only one argument named \"b\"."
        #expect(errors.dropFirst() == [isAborted ? aborted : last])
    }

    @Test(arguments: [(-1, false), (0, true), (1, true)])
    func `behind a mebibyte of messages no error is reported`(_ more: Int, _ isAborted: Bool) throws {
        func message(_ field: String) -> String { "Cannot query field \"\(field)\" on type \"Dog\"." }
        let name = String(repeating: "n", count: 1 << 20 + more - message("").utf8.count)
        let errors = try ValidationSchema.errors(of: .fieldsOnCorrectType, in: "{ dog { \(name) x } }")
        #expect(errors == ["1:9 \(message(name))", isAborted ? aborted : "1:\(10 + name.count) \(message("x"))"])
    }

    @Test(arguments: [(29_999, true), (30_000, true), (30_001, false)])
    func `of many names none is suggested`(_ count: Int, _ isSuggested: Bool) throws {
        let values = (0..<count).map { "V\($0)" }.joined(separator: " ")
        let schema = try Schema(
            Document(parsing: "type Query { a(e: E): Int } enum E { \(values) }", limits: .trusted))
        #expect(
            schema.validate(try Document(parsing: "{ a(e: X1) }")).map(\.message) == [
                "Value \"X1\" does not exist in \"E\" enum."
                    + (isSuggested ? " Did you mean the enum value \"V1\"?" : "")
            ])
    }

    /// A hundred subscriptions that share 2,998 fields, and one with so many fields of its own.
    @Test(arguments: [(99, true), (100, true), (101, false)])
    func `operations may look at shared selections so often`(_ count: Int, _ isAccepted: Bool) throws {
        func fields(_ count: Int) -> String { String(repeating: "newDog { name } ", count: count) }
        let shared = (0..<100).map { "subscription O\($0) { ...F } " }.joined()
        let document = "\(shared) fragment F on Subscription { \(fields(2_998)) } subscription O { \(fields(count)) }"
        let errors = try ValidationSchema.errors(of: .singleFieldSubscriptions, in: document)
        #expect(
            errors.map { $0.split(separator: " ", maxSplits: 1).last.map(String.init) }
                == (isAccepted ? [] : ["The operations of this document share too many fragments."]))
    }

    @Test func `errors with thousands of places end the list sooner`() throws {
        let arguments = String(repeating: "a:1,", count: 6_000)
        let errors = try ValidationSchema.errors(
            of: .uniqueArgumentNames, in: "{ x(\(arguments)) y(\(arguments)) z(\(arguments)) }")
        #expect(errors.count == 3)
        #expect(errors.last == aborted)
    }

    /// Long chains of fragments must cost neither stack nor more than linear time.
    @Test(.timeLimit(.minutes(1))) func `a chain of ten thousand fragments is valid, and a cycle of as many is not`()
        throws
    {
        func document(end: String) -> String {
            let fragments = (0..<10_000).map { "fragment F\($0) on Dog { ...F\($0 + 1) }" }
            return "query($a: Boolean!) { dog { ...F0 } } \(fragments.joined()) fragment F10000 on Dog { \(end) }"
        }
        #expect(try ValidationSchema.errors(of: .all, in: document(end: "name @skip(if: $a)")) == [])
        let errors = try ValidationSchema.errors(of: .noFragmentCycles, in: document(end: "...F9998"))
        #expect(errors.map { $0.split(separator: " ").count } == [12])
    }

    @Test(.timeLimit(.minutes(1))) func `operations that share too many fragments are refused`() throws {
        let complaint = "The operations of this document share too many fragments."
        let operations = (0..<2_000).map { "query O\($0) { dog { ...F0 } }" }.joined()
        let fragments = (0..<2_000).map { "fragment F\($0) on Dog { ...F\($0 + 1) }" }.joined()
        let queries = operations + fragments + "fragment F2000 on Dog { barks @skip(if: true) }"
        #expect(
            try ValidationSchema.errors(of: .all, in: "query($a: Int) { __typename }" + queries).contains {
                $0.hasSuffix(complaint)
            })
        let subscriptions = (0..<2_000).map { "subscription O\($0) { ...F }" }.joined()
        let fields = String(repeating: "newDog { name } ", count: 2_000)
        let document = subscriptions + "fragment F on Subscription { \(fields) }"
        let errors = try ValidationSchema.errors(of: .singleFieldSubscriptions, in: document)
        #expect(errors.map { $0.split(separator: " ", maxSplits: 1).last.map(String.init) } == [complaint])
    }

    @Test(.timeLimit(.minutes(1))) func `a list type of more than thirty-one wrappers is refused`() throws {
        func document(_ count: Int) -> String {
            "query($a: \(String(repeating: "[", count: count))Int\(String(repeating: "]", count: count))) { __typename }"
        }
        #expect(try ValidationSchema.errors(of: .variablesAreInputTypes, in: document(31)) == [])
        #expect(
            try ValidationSchema.errors(of: .variablesAreInputTypes, in: document(32)) == [
                #"1:11 Variable "$a" has a type in more than 31 lists and non-null marks."#
            ])
    }

    @Test(.timeLimit(.minutes(1))) func `introspection through shared fragments takes linear time`() throws {
        let roots = String(repeating: "__schema { types { ...F0 } } ", count: 3_000)
        let fragments = (0..<3_000).map { "fragment F\($0) on __Type { ...F\($0 + 1) ofType { ...F\($0 + 1) } }" }
            .joined()
        let document = "{ \(roots) } \(fragments) fragment F3000 on __Type { name }"
        #expect(try ValidationSchema.errors(of: .maxIntrospectionDepth, in: document) == [])
    }

    // MARK: Fields that can be merged, but not by comparing each with each

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            // As many fields with one name as there are.
            "{ dog { " + String(repeating: "name ", count: 20_000) + "} }",
            // Each fragment next to each.
            "{ dog { \((0..<2_000).map { "...F\($0) " }.joined())} }"
                + (0..<2_000).map { "fragment F\($0) on Dog { name mother { name } }" }.joined(),
            // The children of each level merged again.
            "{ dog { " + String(repeating: "x: mother { ", count: 100) + "name"
                + String(repeating: " x: mother { name } }", count: 100) + " } }",
            // A fragment that contains itself twice, one level down.
            "{ dog { ...F } } fragment F on Dog { mother { ...F } father { ...F } mother { ...F name } }",
        ])
    func `large documents are merged in time that grows with their size`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: .overlappingFieldsCanBeMerged, in: document) == [])
    }

    /// The union of children of each group is a different subset of the same fields, so that sets have no end.
    @Test(.timeLimit(.minutes(1))) func `a document that is too complex to be merged is refused`() throws {
        let fragments = (0..<60).map { position in
            let next = (0..<60).filter { $0 != position }.map {
                "a\($0 % 7): mother { ...F\(($0 * 7 + position) % 60) }"
            }
            return "fragment F\(position) on Dog { \(next.joined(separator: " ")) }"
        }
        let document = "{ dog { ...F0 } }" + fragments.joined()
        let errors = try ValidationSchema.errors(of: .overlappingFieldsCanBeMerged, in: document)
        #expect(errors == ["The fields of this document are too complex to be merged."])
    }

    @Test(.timeLimit(.minutes(1))) func `conflicts among thousands of fields are found`() throws {
        let document = "{ dog { " + String(repeating: "x: name ", count: 5_000) + "x: nickname } }"
        let errors = try ValidationSchema.errors(of: .overlappingFieldsCanBeMerged, in: document)
        #expect(errors.count == 101)
    }
}
