package import Foundation

extension Process {
    private static let starting = NSLock()

    /// Makes a process, has it prepared, and starts it while this program starts no other in this way.
    ///
    /// Until a process runs, Foundation holds the ends of a socket and of pipes open for it, and a process that another
    /// thread starts in that moment inherits them. For as long as that one lives, nobody would notice the end of the
    /// first.
    ///
    /// - Parameter prepare: Says what to run, and makes the pipes for it.
    /// - Returns: The process, which runs.
    /// - Throws: What `Process.run()` throws.
    package static func start(_ prepare: (Process) -> Void) throws -> Process {
        starting.lock()
        defer { starting.unlock() }
        let process = Process()
        prepare(process)
        try process.run()
        return process
    }
}
