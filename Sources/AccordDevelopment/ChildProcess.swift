import Dispatch
import Foundation
import Synchronization

/// A program started by this process, watched by a thread of its own.
///
/// The thread serves two ends. Waiting for a program blocks, which the threads of Swift's concurrency must never do.
/// And Linux sends a child its parent-death signal (`setpriv --pdeathsig`) when the *thread* that started it ends:
/// this thread lives exactly as long as the child, so the signal comes only if the whole process dies.
final class ChildProcess: Sendable {
    /// What to start.
    struct Command: Sendable {
        /// The program, as a path or as a name looked up in `PATH`, and its arguments.
        var words: [String]
        /// Added to a small environment: `PATH` and a locale with UTF-8 and English messages, nothing inherited.
        var environment: [String: String] = [:]
        /// The working directory; the parent's own when nil.
        var directory: String?
    }

    private struct State {
        var status: Int32?
        var waiting: [CheckedContinuation<Int32, Never>] = []
    }

    /// The process's id; another process's, possibly, once `hasEnded`.
    let identifier: Int32
    private let state = Mutex(State())

    private init(identifier: Int32) {
        self.identifier = identifier
    }

    /// Whether the program has ended.
    var hasEnded: Bool {
        state.withLock { $0.status != nil }
    }

    /// Sends a signal, unless the program has ended.
    func send(_ signal: Int32) {
        // Under the lock: a process id must not be signalled once the system may have given it to somebody else.
        state.withLock { if $0.status == nil { kill(identifier, signal) } }
    }

    /// Waits until the program has ended. Cancellation does not shorten the wait.
    ///
    /// - Returns: the exit status, or the signal's number plus 128, as shells count it.
    func waitForEnd() async -> Int32 {
        await withCheckedContinuation { waiting in
            let status = state.withLock { state in
                if state.status == nil { state.waiting.append(waiting) }
                return state.status
            }
            if let status { waiting.resume(returning: status) }
        }
    }

    private func ended(_ status: Int32) {
        let waiting = state.withLock { state in
            state.status = status
            return exchange(&state.waiting, with: [])
        }
        for continuation in waiting { continuation.resume(returning: status) }
    }
}

extension ChildProcess {
    /// Starts a program whose output, both kinds, goes to a file, which is emptied first.
    ///
    /// - Throws: `DevelopmentError.programFailed` when it can't be started.
    static func start(_ command: Command, log: String) async throws -> ChildProcess {
        guard FileManager.default.createFile(atPath: log, contents: nil), let output = FileHandle(forWritingAtPath: log)
        else { throw DevelopmentError.unusableData("\(log) can't be written.") }
        return try await withCheckedThrowingContinuation { started in
            Thread {
                let ended = DispatchSemaphore(value: 0)
                let process: Process
                do {
                    process = try Process.start { process in
                        command.prepare(process, output: output)
                        process.terminationHandler = { _ in ended.signal() }
                    }
                } catch {
                    started.resume(throwing: DevelopmentError.programFailed(name: command.words[0], output: "\(error)"))
                    return
                }
                let child = ChildProcess(identifier: process.processIdentifier)
                started.resume(returning: child)
                ended.wait()
                child.ended(process.exitStatus)
            }.start()
        }
    }

    /// Runs a program to its end.
    ///
    /// - Returns: what it wrote, standard output and standard error in the order they came.
    /// - Throws: `DevelopmentError.programFailed` with that output when its status isn't 0.
    @discardableResult
    static func run(_ command: Command) async throws -> String {
        try await withCheckedThrowingContinuation { finished in
            Thread {
                let name = command.words[0]
                do {
                    var written: FileHandle?
                    let process = try Process.start { process in
                        let pipe = Pipe()
                        command.prepare(process, output: pipe)
                        written = pipe.fileHandleForReading
                    }
                    let output = String(decoding: try written?.readToEnd() ?? Data(), as: UTF8.self)
                    process.waitUntilExit()
                    guard process.exitStatus == 0 else {
                        throw DevelopmentError.programFailed(name: name, output: output)
                    }
                    finished.resume(returning: output)
                } catch let error as DevelopmentError {
                    finished.resume(throwing: error)
                } catch {
                    finished.resume(throwing: DevelopmentError.programFailed(name: name, output: "\(error)"))
                }
            }.start()
        }
    }
}

extension ChildProcess.Command {
    /// Says what to run; `output` is a `FileHandle` or a `Pipe`.
    fileprivate func prepare(_ process: Process, output: Any) {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.environment = environment.merging(["PATH": path, "LC_ALL": "C.UTF-8"]) { own, _ in own }
        process.currentDirectoryURL = directory.map { URL(filePath: $0, directoryHint: .isDirectory) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
    }
}

extension Process {
    fileprivate var exitStatus: Int32 {
        terminationReason == .uncaughtSignal ? 128 + terminationStatus : terminationStatus
    }
}
