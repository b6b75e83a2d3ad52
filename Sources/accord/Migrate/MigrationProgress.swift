import AccordAdapters
import Foundation

/// Shows what becomes of each database: a line for each, and on a terminal what is worth a line, under which a count
/// goes up.
struct MigrationProgress {
    private let isTerminal = isatty(STDOUT_FILENO) == 1
    private var done = 0

    mutating func show(_ outcome: MigrationReport.Outcome, of count: Int) {
        done += 1
        guard isTerminal else { return print(outcome.line) }
        let isDone = outcome.failure == nil && outcome.applied.isEmpty && outcome.grants.isEmpty
        let isOrdinary = isDone && !outcome.hasDrifted
        // Back to the beginning of the line, which is erased.
        let erased = "\r\u{1B}[K"
        print(isOrdinary ? erased : "\(erased)\(outcome.line)\n", terminator: "")
        print("\(done) of \(Self.databases(count))", terminator: "")
        fflush(nil)
    }

    /// A number of databases.
    static func databases(_ count: Int) -> String { "\(count) database\(count == 1 ? "" : "s")" }

    func end() {
        if isTerminal, done > 0 { print() }
    }
}

extension MigrationReport.Outcome {
    /// What became of the database.
    fileprivate var line: String {
        if let failure { return "\(database): failed: \(failure)" }
        let drift = hasDrifted ? " (its tables were changed by hand)" : ""
        if !applied.isEmpty { return "\(database): applied \(applied.joined(separator: ", "))\(drift)" }
        let mended = grants.isEmpty ? "" : "; the privileges of the server's role were put right"
        return "\(database): up to date (\(version ?? "empty"))\(mended)\(drift)"
    }
}
