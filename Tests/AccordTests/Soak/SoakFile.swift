import AccordCore
import AccordDevelopment

/// A file that one user of a soak uploads. Its name, its size and its content tell whose it is.
struct SoakFile: Hashable, Sendable {
    let tenant: String
    let user: Int
    /// Counts the user's uploads.
    let number: Int

    /// One of two, so that a file takes the place of one of the same name, and of one of another.
    var name: String { "\(tenant) \(user) \(number % 2).pdf" }

    /// No other file of this user has as many bytes. Some are too large to be kept in memory on their way.
    var size: Int { 200 + number + (number % 16 == 0 ? 80_000 : 0) }

    var bytes: [UInt8] {
        let (start, end) = (Array("%PDF-1.7\n\(tenant) \(user) \(number)\n".utf8), Array("\n%%EOF\n".utf8))
        return start + [UInt8](repeating: 0x20, count: size - start.count - end.count) + end
    }

    var sha256: String { StoredFile(bytes: bytes).sha256 }
}
