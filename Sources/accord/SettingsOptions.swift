import AccordServer
import ArgumentParser
import Configuration
import Foundation
import SystemPackage

/// Where a command takes its settings from.
struct SettingsOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file of NAME=value lines. What the environment sets already, it doesn't change. (default: .env, if there is one)",
            valueName: "file"))
    var envFile: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Any setting of docs/configuration.md, for this run. May be repeated.", valueName: "NAME=value"))
    var overrides: [String] = []

    /// The settings of `--set`, the command's flags, the environment and the file, in this order.
    ///
    /// - Parameter flags: what the command's own flags say, by the setting's name.
    /// - Returns: a reader of them all.
    /// - Throws: `ValidationError` for a `--set` that is none, and for a file that can't be read.
    func reader(flags: [String: String?] = [:]) async throws -> ConfigReader {
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for (name, value) in flags {
            guard let value else { continue }
            values[SettingsReader.key(name)] = ConfigValue(.string(value), isSecret: true)
        }
        for text in overrides {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw ValidationError("--set takes NAME=value, not \"\(text)\".")
            }
            values[SettingsReader.key(String(parts[0]))] = ConfigValue(.string(String(parts[1])), isSecret: true)
        }
        let file: EnvironmentVariablesProvider
        do {
            file = try await EnvironmentVariablesProvider(
                environmentFilePath: FilePath(envFile ?? ".env"), allowMissing: envFile == nil)
        } catch {
            throw ValidationError("The file \(envFile ?? ".env") can't be read: \(error)")
        }
        return ConfigReader(providers: [InMemoryProvider(values: values), EnvironmentVariablesProvider(), file])
    }

    /// The names of all that is set by `--set`, in the environment and in the file, settings or not.
    ///
    /// - Throws: what reading the file throws.
    func names() throws -> [String] {
        func name(_ line: some StringProtocol) -> String? {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts[0].trimmingCharacters(in: .whitespaces)
            return parts.count == 2 && !name.isEmpty && !name.hasPrefix("#") ? name : nil
        }
        let path = envFile ?? ".env"
        let file = FileManager.default.fileExists(atPath: path) ? try String(contentsOfFile: path, encoding: .utf8) : ""
        return overrides.compactMap(name) + file.split(whereSeparator: \.isNewline).compactMap(name)
            + ProcessInfo.processInfo.environment.keys
    }
}
