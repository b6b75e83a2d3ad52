import Testing

@testable import GraphQL

/// Which operations are kept, and which are given up for others.
@Suite struct PlanCacheTests {
    private static let seed = DocumentHash.Seed(low: 0, high: 0)

    private func key(_ text: String, _ name: String? = nil) -> DocumentKey {
        DocumentKey(text: text, operationName: name, seed: Self.seed)
    }

    /// Asks for a document, and offers it where it isn't known, as a request does.
    private func request(_ text: String, bytes: Int, _ cache: inout PlanCacheState<String>) -> Bool {
        if cache.find(key(text)) != nil { return true }
        _ = cache.insert(text, bytes: bytes, for: key(text))
        return false
    }

    @Test func `an operation is found by the bytes of its document and by its name`() {
        var cache = PlanCacheState<String>(maximumBytes: 1 << 20)
        _ = cache.insert("one", bytes: 100, for: key("{ caf\u{E9} }", "A"))
        #expect(cache.find(key("{ caf\u{E9} }", "A")) == "one")
        #expect(cache.find(key("{ caf\u{E9} }", "B")) == nil)
        #expect(cache.find(key("{ caf\u{E9} }")) == nil)
        // The same to Swift, another text to GraphQL.
        #expect(cache.find(key("{ cafe\u{301} }", "A")) == nil)
        #expect(cache.statistics.hits == 1)
        #expect(cache.statistics.misses == 3)
    }

    @Test(arguments: 0..<20)
    func `a text differs from another in any of its bytes`(_ count: Int) {
        let text = String(repeating: "x", count: count)
        // Equal hashes must not make them equal.
        func key(_ text: String) -> DocumentKey { DocumentKey(text: text, operationName: nil, hash: 0) }
        #expect(key(text) == key(String(repeating: "x", count: count)))
        #expect(key(text) != key(text + "x"))
        for position in 0..<count {
            let rest = String(repeating: "x", count: count - position - 1)
            #expect(key(text) != key(String(repeating: "x", count: position) + "y" + rest))
        }
    }

    @Test func `the oldest goes first, and never more is kept than there is room for`() {
        var cache = PlanCacheState<String>(maximumBytes: 10_000)
        for document in ["a", "b", "c"] { #expect(!request(document, bytes: 2_000, &cache)) }
        #expect(request("a", bytes: 2_000, &cache))
        // Asked for twice, the newcomer is worth more than "b", which was asked for once.
        #expect(!request("d", bytes: 2_000, &cache))
        #expect(!request("e", bytes: 2_000, &cache))
        #expect(!request("e", bytes: 2_000, &cache))
        #expect(request("e", bytes: 2_000, &cache))
        #expect(request("a", bytes: 2_000, &cache))
        #expect(cache.find(key("b")) == nil)
        #expect(cache.statistics.bytes <= 10_000)
        #expect(cache.statistics.evictions == 1)
        #expect(cache.statistics.rejections == 1)
    }

    @Test func `what would take a large part of the cache is not kept`() {
        var cache = PlanCacheState<String>(maximumBytes: 10_000)
        #expect(!request("a", bytes: 2_600, &cache))
        #expect(!request("a", bytes: 2_600, &cache))
        #expect(cache.statistics.count == 0)
    }

    @Test func `documents that come once leave those that come often, and memory stays`() {
        var cache = PlanCacheState<String>(maximumBytes: 1 << 20)
        let hot = (0..<50).map { "query Hot\($0) { items { id } }" }
        for _ in 0..<20 { for document in hot { _ = request(document, bytes: 4_000, &cache) } }
        var hits = 0
        for number in 0..<100_000 {
            _ = request("{ once(number: \(number)) }", bytes: 4_000, &cache)
            if number % 20 == 0, request(hot[number / 20 % hot.count], bytes: 4_000, &cache) { hits += 1 }
        }
        #expect(hits == 5_000)
        #expect(cache.statistics.bytes <= 1 << 20)
    }

    @Test
    func `of two requests that miss a document at once, the second goes on with the first one's operation`() throws {
        let schema = try ExecutableSchema<TestContext>(Schema(Document(parsing: "type Query { a: Int }"))) { binder in
            binder.query { query in query.field("a") { _ in 1 } }
        }
        let cache = PlanCache(maximumBytes: 1 << 20)
        var first: PreparedOperation?
        // The first one asks and answers while the second one prepares.
        let second = try cache.operation(of: "{ a }", named: nil) {
            first = try? cache.operation(of: "{ a }", named: nil) { schema.prepare("{ a }", operationName: nil) }.get()
            return schema.prepare("{ a }", operationName: nil)
        }.get()
        #expect(first === second)
        #expect(cache.statistics.misses == 2)
        #expect(cache.statistics.admissions == 1)
    }

    @Test(arguments: [
        ("a", 4_644_417_185_603_328_019), ("abcdefg", 7_904_145_750_247_929_094),
        ("abcdefgh", 4_574_395_652_268_504_554), ("{ items { id name } }", -4_173_054_190_862_640_249),
        ("\u{E9}", -1_266_968_099_349_302_080),
    ])
    func `a document's hash is SipHash-1-3 of its bytes`(_ text: String, _ hash: Int) {
        #expect(key(text).hash == hash)
        // Another secret, another hash; and each name has its own.
        #expect(DocumentKey(text: text, operationName: nil, seed: DocumentHash.Seed(low: 1, high: 0)).hash != hash)
        #expect(Set([key(text).hash, key(text, "").hash, key(text, "A").hash, key(text, "B").hash]).count == 4)
    }

    @Test func `a frequent document is told from a rare one, and the past is forgotten`() {
        var sketch = FrequencySketch(width: 256)
        for _ in 0..<10 { sketch.add(1) }
        sketch.add(2)
        #expect(sketch.count(1) == 10)
        #expect(sketch.count(2) == 1)
        #expect(sketch.count(3) == 0)
        for hash in 0..<512 { sketch.add(hash &+ 1_000) }
        #expect(sketch.count(1) < 10)
    }

    @Test func `keys that were never asked for look like it, whatever else was`() {
        var sketch = FrequencySketch(width: 16_384)
        for _ in 0..<8_192 { sketch.add(.random(in: .min ... .max)) }
        let seen = (0..<10_000).count { _ in sketch.count(.random(in: .min ... .max)) > 0 }
        // Four independent rows, each half full at most: 0.39 to the fourth of all.
        #expect(seen < 400)
    }

    @Test func `a request that was prepared before gets the same operation, an error is made anew`() throws {
        let schema = try ExecutableSchema<TestContext>(
            Schema(Document(parsing: "type Query { a: Int b: Int }")), planCacheBytes: 1 << 20
        ) { binder in
            binder.query { query in
                query.field("a") { _ in 1 }
                query.field("b") { _ in 2 }
            }
        }
        let first = try schema.prepare("query A { a } query B { b }", operationName: "A").get()
        #expect(try schema.prepare("query A { a } query B { b }", operationName: "A").get() === first)
        #expect(try schema.prepare("query A { a } query B { b }", operationName: "B").get() !== first)
        for _ in 0..<2 {
            guard case .failure = schema.prepare("{ c }", operationName: nil) else {
                Issue.record("A document that is not valid was prepared.")
                return
            }
        }
        let statistics = try #require(schema.planCache).statistics
        #expect(statistics.hits == 1)
        #expect(statistics.misses == 4)
        #expect(statistics.count == 2)
        #expect((1_000...8_000).contains(statistics.bytes))
    }
}
