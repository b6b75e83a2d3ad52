import FoundationEssentials
import Glibc

/// The code of the program and its libraries, of which the start needs much that is never run again.
enum StartCode {
    /// Gives back the memory that holds it, half of the process's. What is run again is read again, from the memory that
    /// the system keeps files in.
    ///
    /// Source: madvise(2), proc_pid_maps(5)
    static func release() {
        guard let maps = try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8) else { return }
        for line in maps.split(separator: "\n") {
            // address, permissions, offset, device, inode, path
            let fields = line.split(separator: " ")
            // Nothing has ever been written where nothing may be.
            guard fields.count == 6, fields[1] == "r-xp", fields[5].hasPrefix("/") else { continue }
            let ends = fields[0].split(separator: "-").compactMap { Int($0, radix: 16) }
            guard ends.count == 2 else { continue }
            _ = unsafe madvise(UnsafeMutableRawPointer(bitPattern: ends[0]), ends[1] - ends[0], MADV_DONTNEED)
        }
    }
}
