import AccordCore
import FoundationEssentials
import GraphQL

extension Scalar {
    /// `Upload`: only a file that came beside the request's JSON is one.
    ///
    /// GraphQL multipart request specification
    static let upload = Scalar(
        coerceInput: { value throws(InputError) in
            guard case .opaque = value else {
                throw InputError("An Upload is a file of a multipart request; it can't be written in JSON.")
            }
            return value
        },
        coerceLiteral: { _ in nil })

    /// `DateTime` as input: RFC 3339 text. No field takes one yet.
    static let dateTime = Scalar(
        coerceInput: { value throws(InputError) in
            guard case .string = value else { throw InputError("A DateTime is a text after RFC 3339.") }
            return value
        })
}

/// A file that a resolver takes.
struct Upload: InputValue {
    static var inputShape: OutputShape { .scalar(["Upload"]) }

    let file: any IncomingFile

    init(coerced value: Value?) throws {
        guard case .opaque(let file as any IncomingFile)? = value else {
            throw AccordError.badUserInput("The file is missing.")
        }
        self.file = file
    }
}

/// A moment that a resolver returns.
struct DateTime: ScalarOutput {
    static var scalarNames: [String] { ["DateTime"] }

    let date: Date

    /// RFC 3339 in UTC, with milliseconds.
    func write(to buffer: inout ResponseBuffer) {
        buffer.write(date.rfc3339)
    }
}
