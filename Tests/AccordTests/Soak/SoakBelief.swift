/// What a user can know of the one agreement that nobody else changes.
struct SoakBelief: Sendable {
    /// What the row may say: one thing after a success; after a request that failed, its effect as well.
    private(set) var possible: [SoakFile?] = [nil]

    /// A request that was answered with success has left this.
    mutating func isCertain(_ file: SoakFile?) {
        possible = [file]
    }

    /// A request that would have left this has failed, and may have left it nevertheless.
    mutating func mayBe(_ file: SoakFile?) {
        possible.append(file)
    }

    /// Whether an agreement with this name and size, or none, can be there.
    func allows(name: String?, size: Int?) -> Bool {
        possible.contains { $0?.name == name && $0?.size == size }
    }

    /// Whether a file that is there may have this content. A failed upload may have put its file in the place of one of
    /// the same name, whose row stayed.
    func allows(content: [UInt8], of name: String) -> Bool {
        possible.contains { $0?.name == name && $0?.bytes == content }
    }
}
