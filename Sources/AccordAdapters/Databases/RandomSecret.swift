/// What nobody can guess: passwords of roles, the secret that links are signed with.
package enum RandomSecret {
    /// 64 hexadecimal digits, 256 bits. The system's generator is a cryptographic one (on Linux, `getrandom(2)`).
    package static func make() -> String {
        let digits = Array("0123456789abcdef")
        return String((1...64).map { _ in digits[Int.random(in: 0..<16)] })
    }

    /// Whether a text has the form of those that are made here.
    static func isOne(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}
