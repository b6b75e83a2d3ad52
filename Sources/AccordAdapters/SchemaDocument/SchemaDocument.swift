package import Logging
package import PostgreSQL

/// `docs/schema.md`: the tables that the migrations make, read from PostgreSQL's catalog.
package struct SchemaDocument: Sendable {
    private let pool: PostgreSQLPool
    private let logger: Logger

    /// - Parameters:
    ///   - pool: lends the connections.
    ///   - logger: told what is applied where.
    package init(pool: PostgreSQLPool, logger: Logger) {
        self.pool = pool
        self.logger = logger
    }

    /// Migrates two empty databases and describes what is in them then.
    ///
    /// - Parameters:
    ///   - central: An empty database, as its owner.
    ///   - tenant: Another one.
    /// - Returns: the page, in Markdown.
    /// - Throws: `MigrationFailure`, `PostgreSQLError`.
    package func text(central: PostgreSQLEndpoint, tenant: PostgreSQLEndpoint) async throws -> String {
        let migrator = Migrator(pool: pool, central: central, logger: logger)
        if let failure = await migrator.run().outcomes.compactMap(\.failure).first { throw failure }
        if let failure = await migrator.migrate(newTenant: "tenant", databaseURL: tenant.url).failure { throw failure }
        return """
            # Schema

            What `accord migrate` makes, as PostgreSQL's catalog has it. `accord schema doc` writes this page; a test
            fails when it is out of date. What the columns are for is said in the [migrations](../migrations) themselves.

            \(try await section("The central database", central))

            \(try await section("A tenant's database", tenant))

            """
    }

    private func section(_ title: String, _ endpoint: PostgreSQLEndpoint) async throws -> String {
        let tables = try await pool.withConnection(to: endpoint) { try await SchemaTable.all($0) }
        return (["## \(title)", Self.diagram(tables)] + tables.map(Self.section)).joined(separator: "\n\n")
    }

    /// An ER diagram in Mermaid.
    private static func diagram(_ tables: [SchemaTable]) -> String {
        var lines = ["```mermaid", "erDiagram"]
        for table in tables {
            lines.append("    \"\(table.name)\" {")
            for column in table.columns {
                let keys = table.keys(of: column).joined(separator: ", ")
                lines.append("        \(column.type) \(column.name)\(keys.isEmpty ? "" : " \(keys)")")
            }
            lines.append("    }")
        }
        for table in tables {
            for constraint in table.constraints {
                guard let target = constraint.target else { continue }
                let isOptional = table.columns.contains { constraint.columns.contains($0.name) && $0.isNullable }
                let isUnique = table.constraints.contains {
                    ["p", "u"].contains($0.kind) && $0.columns == constraint.columns
                }
                let line = "\(isOptional ? "|o" : "||")--\(isUnique ? "o|" : "o{")"
                let label = constraint.columns.joined(separator: ", ")
                lines.append("    \"\(target)\" \(line) \"\(table.name)\" : \"\(label)\"")
            }
        }
        return (lines + ["```"]).joined(separator: "\n")
    }

    private static func section(_ table: SchemaTable) -> String {
        var parts = ["### `\(table.name)`"]
        let rows = table.columns.map { column in
            let value = column.defaultValue.map { "`\($0)`" } ?? ""
            return "| `\(column.name)` | \(column.type) | \(column.isNullable ? "yes" : "no") | \(value) |"
        }
        parts.append(
            (["| column | type | null | default |", "| --- | --- | --- | --- |"] + rows).joined(separator: "\n"))
        let lines =
            table.constraints.map { "- `\($0.name)`: `\($0.definition)`" } + table.indexes.map { "- `\($0)`" }
        if !lines.isEmpty { parts.append(lines.joined(separator: "\n")) }
        return parts.joined(separator: "\n\n")
    }
}

extension SchemaTable {
    /// How Mermaid marks a column.
    fileprivate func keys(of column: Column) -> [String] {
        let marks = [("p", "PK"), ("f", "FK"), ("u", "UK")]
        return marks.filter { mark in
            constraints.contains { $0.kind == mark.0 && $0.columns.contains(column.name) }
        }.map(\.1)
    }
}
