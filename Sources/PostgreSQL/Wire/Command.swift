/// What a session sends to the server.
enum Command {
    /// One or several statements without parameters. PostgreSQL: Simple Query
    case script(String)
    /// Names a statement for later use. PostgreSQL: Extended Query, Parse
    case prepare(name: String, text: String, parameterTypes: [OID])
    /// Runs a statement. PostgreSQL: Extended Query, Bind and Execute
    case execute(Execution)
    /// Runs statements one after the other, sent together, as one transaction. PostgreSQL: Pipeline Mode
    case pipeline([Execution])

    /// A statement and what it is given.
    struct Execution {
        let statement: Statement
        let parameters: EncodedParameters
    }

    enum Statement {
        /// One that was prepared before, by its name.
        case named(String)
        /// One that is prepared for this once.
        case unnamed(PreparedStatementKey)
    }
}

/// A statement's parameters as bytes, one behind the other.
struct EncodedParameters {
    /// Never empty, so that it always has an address.
    private(set) var bytes: [UInt8] = []
    /// Where each lies; nil for NULL.
    private(set) var ranges: [Range<Int>?] = []

    init(_ parameters: [PostgreSQLParameter]) {
        ranges.reserveCapacity(parameters.count)
        for parameter in parameters {
            let start = bytes.count
            ranges.append(parameter.encode(into: &bytes) ? start..<bytes.count : nil)
        }
        bytes.append(0)
    }
}
