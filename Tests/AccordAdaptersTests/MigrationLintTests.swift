import PostgreSQL
import TestSupport
import Testing

@testable import AccordAdapters

@Suite(.timeLimit(.minutes(5)))
struct MigrationLintTests {
    /// Two empty databases for one check.
    private func check(_ migrations: [Migration]) async throws -> MigrationLint.Report {
        let (central, tenant) = (try await TestDatabase.empty(), try await TestDatabase.empty())
        let report = try await withPool { pool in
            try await MigrationLint(pool: pool).check(
                migrations, central: PostgreSQLEndpoint(url: central.ownerURL),
                tenant: PostgreSQLEndpoint(url: tenant.ownerURL))
        }
        for database in [central, tenant] { try await database.drop() }
        return report
    }

    @Test func `the migrations of this program have no faults, and are tried with rows in all tables`() async throws {
        // One more, so that the tables of the last ones get rows too.
        let last = Migration(scope: .tenant, name: "9999_nothing", sql: "SELECT 1")
        let lastCentral = Migration(scope: .central, name: "9999_nothing_central", sql: "SELECT 1")
        let report = try await check(Migration.all + [last, lastCentral])
        #expect(report.findings == [])
        #expect(report.unfilled == [])
    }

    /// A migration after those of this program, in which a fault was planted.
    struct Fault: CustomTestStringConvertible {
        var scope = Migration.Scope.tenant
        let sql: String
        /// Rule, subject and message of each finding.
        let findings: [String]

        var testDescription: String { sql }
    }

    private static let faults = [
        // What a foreign key leads to is there.
        Fault(
            scope: .central,
            sql: "ALTER TABLE subscription.orgs ADD COLUMN tenant_id uuid REFERENCES public.tenant",
            findings: [#"runs: the migration is refused: relation "public.tenant" does not exist (SQLSTATE 42P01)"#]),
        Fault(
            scope: .central,
            sql: "CREATE TABLE subscription.notes (id uuid PRIMARY KEY, user_id integer REFERENCES subscription.users)",
            findings: [
                #"runs: the migration is refused: foreign key constraint "notes_user_id_fkey" cannot be implemented "#
                    + "(SQLSTATE 42804)"
            ]),
        Fault(
            sql: "ALTER TABLE connect_pos.agreements ADD FOREIGN KEY (created_by_id) REFERENCES subscription.users",
            findings: [#"runs: the migration is refused: schema "subscription" does not exist (SQLSTATE 3F000)"#]),
        Fault(
            sql: "CREATE INDEX CONCURRENTLY agreements_file_sha_idx ON connect_pos.agreements (file_sha)",
            findings: [
                "runs: the migration is refused: CREATE INDEX CONCURRENTLY cannot run inside a transaction block "
                    + "(SQLSTATE 25001)"
            ]),
        Fault(
            sql: "CREATE TABLE connect_pos.notes (id uuid PRIMARY KEY); COMMIT",
            findings: ["runs: the migration ends the transaction that it is executed in"]),
        // Its type is the same.
        Fault(
            sql: """
                CREATE TABLE connect_pos.parts (number integer PRIMARY KEY, code varchar(10) UNIQUE);
                CREATE TABLE connect_pos.uses (
                    id uuid PRIMARY KEY, part_number bigint REFERENCES connect_pos.parts,
                    part_code text REFERENCES connect_pos.parts (code));
                CREATE INDEX ON connect_pos.uses (part_number);
                CREATE INDEX ON connect_pos.uses (part_code);
                """,
            findings: [
                "foreign-key-type: connect_pos.uses.part_code is text, but connect_pos.parts.code is character varying(10)",
                "foreign-key-type: connect_pos.uses.part_number is bigint, but connect_pos.parts.number is integer",
            ]),
        // It has an index: one that is whole, and begins with it.
        Fault(
            sql: """
                CREATE TABLE connect_pos.notes (
                    id uuid PRIMARY KEY, agreement_id uuid NOT NULL REFERENCES connect_pos.agreements, place integer);
                CREATE INDEX ON connect_pos.notes (place, agreement_id);
                CREATE INDEX ON connect_pos.notes (agreement_id) WHERE place > 1;
                """,
            findings: [
                "foreign-key-index: connect_pos.notes.notes_agreement_id_fkey is a foreign key without an index that "
                    + "begins with its columns"
            ]),
        Fault(
            sql: """
                CREATE TABLE connect_pos.notes (
                    id uuid PRIMARY KEY, agreement_id uuid NOT NULL REFERENCES connect_pos.agreements, place integer,
                    UNIQUE (agreement_id, place));
                """,
            findings: []),
        // A tenant's database has none to what lives elsewhere.
        Fault(
            sql: """
                CREATE TABLE connect_pos.users (id uuid PRIMARY KEY);
                ALTER TABLE connect_pos.agreements ADD FOREIGN KEY (created_by_id) REFERENCES connect_pos.users;
                CREATE INDEX ON connect_pos.agreements (created_by_id);
                """,
            findings: [
                "runs-on-data: the migration is refused once the tables have rows: insert or update on table "
                    + #""agreements" violates foreign key constraint "agreements_created_by_id_fkey" (SQLSTATE 23503)"#,
                "foreign-key-to-central: connect_pos.agreements.created_by_id is a foreign key to connect_pos.users, "
                    + "but organizations, users and tenants live in another database",
            ]),
        // Keys, names, points in time.
        Fault(
            sql: "CREATE TABLE connect_pos.notes (id uuid NOT NULL UNIQUE)",
            findings: ["primary-key: connect_pos.notes has no primary key"]),
        Fault(
            sql: "CREATE TABLE connect_pos.note (id uuid PRIMARY KEY)",
            findings: ["names: connect_pos.note is not in the plural"]),
        Fault(
            sql:
                #"CREATE TABLE connect_pos.notes (id uuid PRIMARY KEY, "fileName" text, CONSTRAINT "Named" CHECK (id IS NOT NULL))"#,
            findings: [
                "names: connect_pos.notes.Named is not in snake case",
                "names: connect_pos.notes.fileName is not in snake case",
            ]),
        Fault(
            scope: .central, sql: #"CREATE SCHEMA billing; CREATE TABLE billing."Invoices" (id uuid PRIMARY KEY)"#,
            findings: [
                "names: billing.Invoices is not in snake case",
                "names: billing.Invoices.Invoices_pkey is not in snake case",
            ]),
        Fault(
            sql: "ALTER TABLE connect_pos.agreements ADD COLUMN read_at timestamp, ADD COLUMN seen_at timestamptz",
            findings: [
                "time-zone: connect_pos.agreements.read_at is timestamp without time zone: take timestamptz"
            ]),
        // What others own is left alone.
        Fault(
            sql: "CREATE TABLE public.notes (id uuid PRIMARY KEY)",
            findings: [
                "own-schemas: column public.notes.id uuid not null is made, but belongs to other applications",
                "own-schemas: constraint public.notes.notes_pkey PRIMARY KEY (id) is made, but belongs to other applications",
                "own-schemas: relation public.notes is made, but belongs to other applications",
                "own-schemas: relation public.notes_pkey is made, but belongs to other applications",
            ]),
        Fault(
            sql: "GRANT CREATE ON SCHEMA public TO PUBLIC",
            findings: [
                "own-schemas: privilege CREATE on schema public of PUBLIC is made, but belongs to other applications"
            ]),
        Fault(
            sql: "CREATE SCHEMA connected",
            findings: ["own-schemas: schema connected is made, but belongs to other applications"]),
        Fault(
            sql: "CREATE FUNCTION public.one() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            findings: ["own-schemas: function public.one is made, but belongs to other applications"]),
        Fault(
            sql: "CREATE TYPE public.mood AS ENUM ('calm')",
            findings: ["own-schemas: type public.mood is made, but belongs to other applications"]),
        Fault(
            sql: "UPDATE public.alembic_version SET version_num = '2'",
            findings: [
                "own-schemas: row of public.alembic_version 2 is made, but belongs to other applications",
                "own-schemas: row of public.alembic_version another application's is changed or dropped, but belongs to others",
            ]),
        Fault(sql: "CREATE SCHEMA connect_mail; CREATE TABLE connect_mail.letters (id uuid PRIMARY KEY)", findings: []),
        // It can run on top of data.
        Fault(
            sql: "ALTER TABLE connect_pos.agreements ADD COLUMN pages integer NOT NULL",
            findings: [
                "runs-on-data: the migration is refused once the tables have rows: column \"pages\" of relation "
                    + "\"agreements\" contains null values (SQLSTATE 23502)"
            ]),
        Fault(sql: "ALTER TABLE connect_pos.agreements ADD COLUMN pages integer NOT NULL DEFAULT 0", findings: []),
        Fault(
            sql: "ALTER TABLE connect_pos.agreements ADD UNIQUE (file_name)",
            findings: [
                "runs-on-data: the migration is refused once the tables have rows: could not create unique index "
                    + "\"agreements_file_name_key\" (SQLSTATE 23505)"
            ]),
        Fault(
            scope: .central, sql: "ALTER TABLE subscription.orgs ALTER COLUMN domain SET NOT NULL",
            findings: [
                "runs-on-data: the migration is refused once the tables have rows: column \"domain\" of relation "
                    + "\"orgs\" contains null values (SQLSTATE 23502)"
            ]),
        Fault(
            scope: .central,
            sql: "ALTER TABLE subscription.connections ADD CHECK (status <> 'active')",
            findings: [
                "runs-on-data: the migration is refused once the tables have rows: check constraint "
                    + "\"connections_status_check1\" of relation \"connections\" is violated by some row (SQLSTATE 23514)"
            ]),
    ]

    @Test(arguments: faults)
    func `a planted fault is found, and reported with its migration`(fault: Fault) async throws {
        let report = try await check(Migration.all + [Migration(scope: fault.scope, name: "0099_more", sql: fault.sql)])
        let folder = fault.scope == .tenant ? "tenant" : "central"
        #expect(report.findings.map(\.description) == fault.findings.map { "\(folder)/0099_more: \($0)" })
    }

    @Test func `every rule has a planted fault`() {
        let found = Set(Self.faults.flatMap(\.findings).compactMap { $0.split(separator: ":").first.map(String.init) })
        #expect(found == Set(MigrationFinding.Rule.allCases.map(\.rawValue)))
    }

    @Test func `a table that no row can be made up for is told`() async throws {
        let migrations = [
            Migration(
                scope: .tenant, name: "0001_odd",
                sql: """
                    CREATE SCHEMA connect_pos;
                    CREATE TABLE connect_pos.odds (id integer PRIMARY KEY CHECK (id % 1000 = 777));
                    """),
            Migration(scope: .tenant, name: "0002_nothing", sql: "SELECT 1"),
        ]
        let report = try await check(migrations)
        #expect(report.findings == [])
        #expect(report.unfilled == ["connect_pos.odds"])
    }
}
