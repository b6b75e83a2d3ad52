import FoundationEssentials
import Glibc

/// A file in the directory store's folder.
struct FileBelow {
    /// Its path below the folder that was looked at.
    let path: String
    /// In bytes.
    let size: Int
    /// When it was written, in seconds since 1970.
    let modified: Int
}

/// All files below a folder, whatever their depth; none where there is no folder. Blocks.
func filesBelow(_ root: String) throws(FileError) -> [FileBelow] {
    var files: [FileBelow] = []
    var folders = [""]
    while let folder = folders.popLast() {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: root + "/" + folder)
        } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
            continue
        } catch {
            throw FileError("opendir")
        }
        for name in names {
            let path = folder + name
            var information = stat()
            // Gone since.
            guard unsafe lstat(root + "/" + path, &information) == 0 else { continue }
            if information.st_mode & S_IFMT == S_IFDIR {
                folders.append(path + "/")
            } else {
                files.append(
                    FileBelow(path: path, size: Int(information.st_size), modified: information.st_mtim.tv_sec))
            }
        }
    }
    return files
}
