/// Something that a migration does and should not.
package struct MigrationFinding: Hashable, Sendable {
    /// The rules, by the names they are reported under.
    package enum Rule: String, CaseIterable, Sendable {
        /// A migration can be executed, in a transaction, after the ones before it.
        case runs
        /// It can be executed, too, when the tables that are there have rows.
        case runsOnData = "runs-on-data"
        /// A foreign key's column has exactly the type of the one it leads to.
        case foreignKeyType = "foreign-key-type"
        /// A foreign key's columns begin an index. Otherwise each deletion at the other end reads the whole table.
        case foreignKeyIndex = "foreign-key-index"
        /// In a tenant's database no foreign key leads to what lives in the central one.
        case foreignKeyToCentral = "foreign-key-to-central"
        /// A table has a primary key.
        case primaryKey = "primary-key"
        /// In a tenant's database nothing is made or changed outside of `connect` and `connect_*`.
        case ownSchemas = "own-schemas"
        /// Names are in snake case, those of tables in the plural.
        case names
        /// A point in time carries its zone.
        case timeZone = "time-zone"
    }

    /// The migration's folder and name: `tenant/0002_notes`.
    package let migration: String
    package let rule: Rule
    /// What it is about: `connect_pos.notes.created_by_id`. The migration itself, for the two rules about running.
    package let subject: String
    /// A clause about the subject.
    package let message: String
}

extension MigrationFinding: CustomStringConvertible {
    /// A line for the operator.
    package var description: String { "\(migration): \(rule.rawValue): \(subject) \(message)" }
}
