/// Texts to begin with.
enum FuzzCorpus {
    static let executable =
        [
            KitchenSink.executable,
            "{ a }",
            "\u{FEFF}query Q($a: [[Int!]!] = [[1 -2] []] @d, $b: B = {c: E, d: {e: null}}) @d(a: $a) { f }",
            "\"about Q\" query Q(\"about v\" $v: Int) { a } \"about F\" fragment F on T { b }",
            #"{ a(b: "\u0041\u{1F600}\uD83D\uDE00 \" \\ \/ \b\f\n\r\t", c: """ block \""" é\#n  more """) }"#,
            "{ a { ... @include(if: $x) { b } ... on C { d } ...E @skip(if: false) } } # note",
            "{a(b:1.5e-3,c:-0,d:true,e:null,f:$g,h:[],i:{})}",
        ] + [String(repeating: "{a", count: 30) + String(repeating: "}", count: 30)]

    static let typeSystem = [
        KitchenSink.typeSystem,
        FuzzSchema.sdl,
        "type Query { a: Int }",
        """
        "The schema" schema @x { query: Q } directive @x(a: Int = 1 @deprecated) repeatable on SCHEMA | ENUM_VALUE
        type Q implements I & J { "a" a(b: [B!]! = [{c: 1}]): [[U]!] @deprecated(reason: "r") }
        interface I { a(b: [B!]! = [{c: 1}]): [[U]!] } interface J implements I { a(b: [B!]! = []): [[U]!] }
        union U = | Q | P type P { c: E } enum E { A B @deprecated } input B { c: Int! d: B = {c: 2} } scalar S
        extend type P @y { d: S } extend enum E { C } extend input B { e: [S] } extend union U = R type R { a: S }
        """,
        "input A @oneOf { a: Int b: [A] } input B { b: B! } type Query { f(a: A = {a: 1}): String }",
        "scalar S @specifiedBy(url: \"u\") type Query { s: S, t: Query! } extend schema { mutation: M } type M { a: Int }",
    ]

    static let json = [
        #"{"a\u00e9": [1, -2.5e3, true, null, "x\n\ud83d\ude00é"], "b": {"c": false}}"#,
        "[[],[{}],0,-0,-0.0,1e308,9223372036854775807,9223372036854775808,0.1]",
        #""\"\\\/\b\f\n\r\t\u0000""#,
        String(repeating: "[", count: 60) + String(repeating: "]", count: 60),
    ]

    /// What inputs are made of.
    static let fragments: [[UInt8]] =
        [
            "{", "}", "(", ")", "[", "]", "!", "$", "$v", "@", "@skip(if: true)", ":", "=", "|", "&", "...",
            "... on User",
            "\"", "\"\"\"", "\\", "\\u", "\\u{", "\\uD83D", "#", "\n", "\r", "\0", ",", " ", "1", "-", ".", "e9",
            "2147483648",
            "on", "query", "mutation", "subscription", "fragment", "type", "extend", "interface", "union", "enum",
            "input",
            "scalar", "directive", "schema", "implements", "repeatable", "true", "false", "null", "id", "name", "User",
            "Group", "Node", "Query", "Filter", "Int", "__typename", "__schema", "...F", "fragment F on Node { id }",
            "@oneOf", "@deprecated", "\u{FEFF}", "é", "\u{D7FF}", "😀", "{a:1}", "[1]", "\"s\"",
        ].map { Array($0.utf8) } + [[0x80], [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF0, 0x9F]]
}
