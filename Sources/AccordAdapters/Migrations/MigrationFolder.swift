import FoundationEssentials

/// Migrations as files, before they are part of an executable.
enum MigrationFolder {
    /// Reads the files of the folders `central` and `tenant`, each in the order of their names.
    ///
    /// Those of the organizations are read as the central database's, which they share unless it is set otherwise.
    ///
    /// - Throws: `MigrationFolderError`.
    static func read(_ path: String) throws(MigrationFolderError) -> [Migration] {
        var migrations: [Migration] = []
        for (folder, scope) in [("central", Migration.Scope.central), ("tenant", .tenant)] {
            do {
                let names = try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")
                for name in names.filter({ $0.hasSuffix(".sql") }).sorted() {
                    let text = try String(contentsOfFile: "\(path)/\(folder)/\(name)", encoding: .utf8)
                    migrations.append(Migration(scope: scope, name: String(name.dropLast(4)), sql: text))
                }
            } catch {
                throw MigrationFolderError(folder: "\(path)/\(folder)")
            }
        }
        return migrations
    }
}

/// A folder of migrations can't be read, or a file in it is not UTF-8.
package struct MigrationFolderError: Error, CustomStringConvertible {
    package let folder: String

    package var description: String { "The migrations in \(folder) can't be read." }
}
