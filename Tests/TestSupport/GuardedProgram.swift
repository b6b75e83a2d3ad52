import AccordDevelopment
import Foundation
import Glibc

/// A shell beside a program, which it ends when this process lets go of it: when it is told to, or when it dies, even
/// killed.
///
/// The shell waits for the end of a pipe that only this process holds open. (The kernel's parent-death signal would not
/// do: it comes when the *thread* ends that started the child.)
struct GuardedProgram: Sendable {
    private let lifeline: FileHandle

    /// Starts the shell. Its script starts the program in the background, reads a line, which never comes, and then ends
    /// the program and clears up; the arguments are `$1` and so on.
    init(_ script: String, _ arguments: [String]) throws {
        let lifeline = Pipe()
        _ = try Process.start { shell in
            shell.executableURL = URL(filePath: "/bin/sh")
            shell.arguments = ["-c", script, "sh"] + arguments
            // No other child may inherit the end that this process holds.
            _ = fcntl(lifeline.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
            shell.standardInput = lifeline.fileHandleForReading
            shell.standardOutput = FileHandle.nullDevice
            shell.standardError = FileHandle.nullDevice
        }
        self.lifeline = lifeline.fileHandleForWriting
    }

    /// Lets the shell end the program.
    func end() {
        try? lifeline.close()
    }
}
