import Testing

@testable import GraphQL

struct NameTableTests {
    @Test func `names of a document are found in a schema`() throws {
        var schema = NameTable()
        let names = ["id", "name", "eight888", "longerThanEight", "longerThanEighteenLetters", ""]
        #expect(names.map { schema.insert($0).rawValue } == [0, 1, 2, 3, 4, 5])
        #expect(names.map { schema.insert($0).rawValue } == [0, 1, 2, 3, 4, 5])
        #expect(schema.count == 6)

        let document = try Document(
            parsing: "{ longerThanEighteenLetters longerThanEighteenLetterz unknown eight888 id longerThanEight }"
        )
        let ids = schema.ids(of: document.names)
        #expect(ids == [NameID(4), .none, .none, NameID(2), NameID(0), NameID(3)])
        #expect((0..<6).map { schema.find(NameID($0), of: document.names) ?? .none } == Array(ids))
    }

    @Test func `any text can be asked for`() {
        var table = NameTable()
        table.insert("a")
        table.insert("seven77")
        table.insert("été d'eté, 12 letters")
        #expect(table.find("a") == NameID(0))
        #expect(table.find("a\u{0}") == nil)
        #expect(table.find("seven77\u{0}") == nil)
        #expect(table.find("été d'eté, 12 letters") == NameID(2))
        #expect(table.find("été d'eté, 12 letterS") == nil)
        #expect(table.string(NameID(2)) == "été d'eté, 12 letters")
        #expect(Array(table.spelling(of: NameID(0))) == [97])
    }

    @Test func `a table grows`() throws {
        // Of the same length and with the same beginning, so that only hash and tail tell them apart.
        let names = (0..<10_000).map { "aLongCommonBeginning_\(10_000 + $0)" }
        var table = NameTable()
        for name in names { table.insert(name) }
        #expect(table.count == 10_000)
        #expect(names.indices.allSatisfy { table.find(names[$0]) == NameID(UInt32($0)) })

        let document = try Document(parsing: "{ \(names.joined(separator: " ")) }")
        #expect(document.names.count == 10_000)
        #expect(table.ids(of: document.names) == ContiguousArray((0..<10_000).map { NameID($0) }))
        #expect(document.name(NameID(9_999)) == names[9_999])
    }

    @Test(arguments: 1...40)
    func `names of every length end where they should`(_ length: Int) throws {
        let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789"
        for offset in 0..<letters.count - 10 {
            let name = "_" + String(String(repeating: letters, count: 2).dropFirst(offset).prefix(length - 1))
            for end in [" }", "}", "@x}", "(a:1)}", ":b}", "#\n}", "\n}", "{c}}"] {
                let document = try Document(parsing: "{" + name + end)
                #expect(document.name(NameID(0)) == name)
            }
        }
    }

    @Test func `no other ASCII character belongs to a name`() {
        for code in UInt8(0)..<128 {
            let scalar = Unicode.Scalar(code)
            let isNameCharacter = scalar == "_" || scalar.properties.isAlphabetic || (48...57).contains(code)
            let table = (try? Document(parsing: "{ abc\(scalar)d\n}"))?.names
            #expect((table?.string(NameID(0)) == "abc\(scalar)d") == isNameCharacter, "U+\(code)")
        }
    }
}
