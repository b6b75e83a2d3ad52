import ArgumentParser
import Foundation
import GraphQLTools
import SystemPackage

extension SourceFile {
    /// Reads a file to its end; `-` is standard input.
    ///
    /// - Throws: why the file can't be read.
    static func read(_ path: String) throws(Problem) -> SourceFile {
        do {
            if path == "-" {
                return SourceFile(name: "<stdin>", bytes: [UInt8](try FileHandle.standardInput.readToEnd() ?? Data()))
            }
            let values = try? URL(filePath: path).resolvingSymlinksInPath().resourceValues(forKeys: [.isDirectoryKey])
            if values?.isDirectory == true { throw Errno.isDirectory }
            let file = try FileDescriptor.open(FilePath(path), .readOnly)
            let handle = FileHandle(fileDescriptor: file.rawValue, closeOnDealloc: true)
            return SourceFile(name: path, bytes: [UInt8](try handle.readToEnd() ?? Data()))
        } catch let error as Errno {
            throw Problem("The file can't be read: \(error).", file: path)
        } catch {
            throw Problem("The file can't be read: \(error.localizedDescription)", file: path)
        }
    }

    /// Reads several files.
    ///
    /// - Throws: why files can't be read, for each of them.
    static func read(_ paths: [String]) throws(Problems) -> [SourceFile] {
        var files: [SourceFile] = []
        var problems: [Problem] = []
        for path in paths {
            do throws(Problem) { files.append(try read(path)) } catch { problems.append(error) }
        }
        guard problems.isEmpty else { throw Problems(problems) }
        return files
    }
}
