import FoundationEssentials
import Glibc

/// The code of the program and its libraries, of which the start needs much that is never run again.
enum StartCode {
    /// Gives back the memory that holds it. What is run again is read again, from the memory that the system keeps files in.
    ///
    /// Source: madvise(2), proc_pid_smaps(5)
    static func release() {
        guard let maps = try? String(contentsOfFile: "/proc/self/smaps", encoding: .utf8) else { return }
        var code: Range<Int>?
        for line in maps.split(separator: "\n") {
            let fields = line.split(separator: " ")
            if fields.count == 6, fields[1] == "r-xp", fields[5].hasPrefix("/") {
                // address, permissions, offset, device, inode, path
                let ends = fields[0].split(separator: "-").compactMap { Int($0, radix: 16) }
                code = ends.count == 2 ? ends[0]..<ends[1] : nil
            } else if fields.first == "Anonymous:", let mapped = code {
                code = nil
                // Where something was written, such as a debugger's breakpoint, the file has something else.
                guard fields[1] == "0" else { continue }
                _ = unsafe madvise(UnsafeMutableRawPointer(bitPattern: mapped.lowerBound), mapped.count, MADV_DONTNEED)
            }
        }
    }
}
